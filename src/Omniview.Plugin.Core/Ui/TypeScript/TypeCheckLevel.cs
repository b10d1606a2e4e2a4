namespace Omniview.Plugin.Core.Ui.TypeScript;

/// <summary>What a type error is to a build.</summary>
internal enum TypeCheckLevel
{
    /// <summary>Nothing: types are not checked.</summary>
    Off,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>An error.</summary>
    Error,
}
