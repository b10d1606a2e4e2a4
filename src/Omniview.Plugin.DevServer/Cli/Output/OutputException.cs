namespace Omniview.Plugin.DevServer.Cli.Output;

/// <summary>What is to be said can't be written, as on a disk that is full; also when who read it has gone.</summary>
internal sealed class OutputException(IOException cause) : Exception(cause.Message, cause);
