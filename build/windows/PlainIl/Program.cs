using Mono.Cecil;
using PlainIl;

if (args is not [var sdk, var shared])
{
    Console.Error.WriteLine("usage: PlainIl <folder of an SDK> <folder of the shared frameworks>");
    return 2;
}

using var resolver = new DefaultAssemblyResolver();
foreach (var folder in SdkFolders(sdk).Concat(Directory.EnumerateDirectories(shared).SelectMany(Directory.EnumerateDirectories)))
{
    resolver.AddSearchDirectory(folder);
}

var rewritten = 0;
var left = new List<string>();
foreach (var file in Directory.EnumerateFiles(sdk, "*.dll", SearchOption.AllDirectories))
{
    if (CompiledImage.IsForLinux(file))
    {
        try
        {
            CompiledImage.MakePlain(file, resolver);
            rewritten++;
        }
        catch (Exception e) when (e is AssemblyResolutionException or NotSupportedException or NullReferenceException)
        {
            left.Add($"{Path.GetRelativePath(sdk, file)}: {e.Message}");
        }
    }
}

Console.WriteLine($"{rewritten} images are plain IL now, {left.Count} were left as they are.");
left.ForEach(Console.WriteLine);
return rewritten > 0 ? 0 : 1;

static IEnumerable<string> SdkFolders(string sdk) =>
    [sdk, Path.Combine(sdk, "Roslyn", "bincore"), Path.Combine(sdk, "FSharp")];
