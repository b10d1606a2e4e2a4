namespace Omniview.Plugin.Core.Diagnostics;

/// <summary>Every code this product reports. A code is never reused and has a page under docs/diagnostics.</summary>
internal static class DiagnosticCodes
{
    // OVP1xxx: the manifest and the project
    public const string ManifestNotFound = "OVP1001";
    public const string ManifestNotUtf8 = "OVP1002";
    public const string ManifestEmpty = "OVP1003";
    public const string ManifestTooLarge = "OVP1004";
    public const string ManifestBadYaml = "OVP1005";
    public const string ManifestDuplicateKey = "OVP1006";
    public const string PluginIdMissing = "OVP1007";
    public const string PluginIdIllegal = "OVP1008";
    public const string PluginVersionMissing = "OVP1009";
    public const string CapabilitiesMissing = "OVP1010";
    public const string CapabilityUnknown = "OVP1011";
    public const string BackendFilesMissing = "OVP1012";
    public const string UiFilesMissing = "OVP1013";
    public const string ManifestWrongShape = "OVP1014";
    public const string PropertyDiffersFromManifest = "OVP1015";
    public const string PluginVersionNotSemantic = "OVP1016";
    public const string RuntimeIdentifierUnsupported = "OVP1017";
    public const string GoModuleMissing = "OVP1018";
    public const string ErrorLogNotWritten = "OVP1019";
    public const string ArchiveNameUnusable = "OVP1020";
    public const string TestFilterUnusable = "OVP1021";
    public const string TestResultsNotWritten = "OVP1022";
    public const string LockFilesOutOfDate = "OVP1023";
    public const string TooManyWatchedFiles = "OVP1024";
    public const string PropertyNotBoolean = "OVP1025";

    // OVP2xxx: tools
    public const string GoNotFound = "OVP2001";
    public const string GoTooOld = "OVP2002";
    public const string GoOutputUnusable = "OVP2003";
    public const string NodeNotFound = "OVP2004";
    public const string PackageManagerNotFound = "OVP2005";
    public const string ToolDidNotStart = "OVP2006";
    public const string DelveNotFound = "OVP2007";

    // OVP3xxx: the dev host
    public const string HostDidNotStart = "OVP3001";
    public const string HostVersionDiffers = "OVP3002";
    public const string HostDoesNotAnswer = "OVP3003";
    public const string DevUnderDotnetWatch = "OVP3004";
    public const string NoFreePort = "OVP3005";
    public const string ViteNotReady = "OVP3006";
    public const string PluginDidNotStart = "OVP3007";
    public const string HandshakeUnreadable = "OVP3008";
    public const string PluginNotHealthy = "OVP3009";
    public const string PluginIdInUse = "OVP3010";
    public const string ProjectGone = "OVP3011";
    public const string ExternalPlugin = "OVP3012";
    public const string SdkReadsHome = "OVP3013";
    public const string WatchLimitReached = "OVP3014";
    public const string PluginNotServed = "OVP3015";
    public const string PluginAmbiguous = "OVP3016";
    public const string NothingToOpen = "OVP3017";
    public const string FileNotOfPlugin = "OVP3018";
    public const string NoEditor = "OVP3019";
    public const string PluginIdDiffers = "OVP3020";
    public const string StateFileUnusable = "OVP3030";
    public const string CodeUnknown = "OVP3050";
    public const string PatternTooSlow = "OVP3051";

    // OVP4xxx: transfer and packaging
    public const string StateDirectoryRelative = "OVP4001";
    public const string TransferFailed = "OVP4002";
    public const string InstalledPluginIsLink = "OVP4003";
    public const string TransferSourceMissing = "OVP4004";
    public const string PackagingFailed = "OVP4005";
    public const string BuiltOtherwise = "OVP4006";
    public const string ArchiveUnreadable = "OVP4020";
    public const string ArchiveRefused = "OVP4021";
    public const string ArchiveIncomplete = "OVP4022";
    public const string InstallWhileServed = "OVP4023";

    // OVP5xxx: the UI build
    public const string UiInstallFailed = "OVP5001";
    public const string ViteBuildFailed = "OVP5002";
    public const string EntryMissing = "OVP5003";
    public const string EntryNotSystemJs = "OVP5004";
    public const string AssetNotServed = "OVP5005";
    public const string ViteNotInstalled = "OVP5006";
    public const string PackageJsonUnreadable = "OVP5007";
    public const string ViteWarning = "OVP5008";
    public const string ImportNotResolved = "OVP5009";
    public const string TypeCheckFailed = "OVP5010";
    public const string UiTestsFailed = "OVP5011";
    public const string HmrPortTaken = "OVP5012";
    public const string TypeCheckValueUnknown = "OVP5013";
    public const string UiInUse = "OVP5020";

    /// <summary>Not a code but the page of TypeScript's own (TS2304): it has thousands.</summary>
    public const string TypeScript = "TS";

    // OVP6xxx: what the doctor finds
    public const string GoIsFetched = "OVP6001";
    public const string NodeVersionUnfit = "OVP6002";
    public const string PackageManagerVersionDiffers = "OVP6003";
    public const string StateDirectoryUnusable = "OVP6004";
    public const string StateDirectoryExposed = "OVP6005";
    public const string WatchLimitsLow = "OVP6006";
    public const string ViteSettingDangerous = "OVP6007";
    public const string ViteVersionVulnerable = "OVP6008";
    public const string NoContainment = "OVP6009";
    public const string LeftoversOfDeadHost = "OVP6010";

    // GO: what the Go toolchain reports. These two are for what has no kind; the kinds are in Go/GoProblemKind.cs, and
    // type errors have Go's own numbers (Go/GoTypeErrors.cs)
    public const string GoProblem = "GO0001";
    public const string GoFailed = "GO0002";
}
