namespace Omniview.Plugin.Core.Ui;

/// <summary>What a type error is to a build.</summary>
public enum TypeCheckLevel
{
    /// <summary>Nothing: types are not checked.</summary>
    Off,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>An error.</summary>
    Error,
}
