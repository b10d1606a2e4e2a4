namespace Omniview.Plugin.Core.Go.Toolchain;

/// <summary>
/// Which go command wrote the output: the same line is a refusal of the compiler, a suspicion of vet or the print of a
/// test.
/// </summary>
internal enum GoCommand
{
    Build,
    Vet,
    Test,
}
