namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>How every verb ends; docs/cli.md tells scripts.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>What was asked for failed, or what was asked about has errors.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense, or does not say which plugin is meant.</summary>
    public const int Usage = 2;

    /// <summary>No dev host runs, or it does not serve that plugin.</summary>
    public const int NotServed = 3;
}
