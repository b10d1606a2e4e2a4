using System.Security.Cryptography;
using System.Text;
using Omniview.Plugin.Core.Files;
using Omniview.Plugin.Core.Ui.Packages;
using Omniview.Plugin.Core.Ui.TypeScript;

namespace Omniview.Plugin.Core.Ui.Building;

/// <summary>
/// One hash over everything the output of a UI build depends on. Contents count, not times, so a checkout, a copy or a
/// touched file builds nothing.
/// </summary>
internal sealed class UiFingerprint
{
    /// <summary>
    /// What is in node_modules and .yarn (notes and caches of Yarn) is known by the key of the install.
    /// </summary>
    private static readonly string[] NeverInputs = ["node_modules", ".yarn", ".git", ".vite"];

    private readonly IncrementalHash _hash;
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _excluded;
    private readonly CancellationToken _cancellation;

    private UiFingerprint(IncrementalHash hash, IReadOnlySet<string> excluded, CancellationToken cancellation)
    {
        _hash = hash;
        _excluded = excluded;
        _cancellation = cancellation;
    }

    /// <param name="request">The build.</param>
    /// <param name="tools">What it is done with.</param>
    /// <param name="viteScript">Absolute path of vite.js.</param>
    /// <param name="installed">The key of what is installed.</param>
    /// <param name="outputs">Folders below the UI folder that are outputs, absolute.</param>
    /// <param name="cancellation">Ends it between two files.</param>
    public static string Compute(
        UiBuildRequest request,
        UiTools tools,
        string viteScript,
        string installed,
        IEnumerable<string> outputs,
        CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var fingerprint = new UiFingerprint(
            hash, outputs.Append(Path.GetFullPath(request.StampDirectory)).ToHashSet(), cancellation);
        fingerprint.Add("1", request.Mode ?? "", installed, viteScript, request.OutputDirectory);
        fingerprint.AddTool(tools.Node.Executable);
        fingerprint.AddFile(Path.Combine(Path.GetDirectoryName(viteScript)!, "..", "package.json"), "vite");
        if (UiTypes.Find(request.Ui, request.TypeCheck) is ({ } check, var level))
        {
            fingerprint.Add($"tsc {level}", check.Script);
            fingerprint.AddFile(Path.Combine(Path.GetDirectoryName(check.Script)!, "..", "package.json"), "typescript");
        }

        fingerprint.AddEnvironment(request.Environment);
        foreach (var input in new[] { request.Ui.Directory }.Concat(LinkedPackages.Of(request.Ui)))
        {
            fingerprint.Add(input);
            if (File.Exists(input))
            {
                fingerprint.AddFile(input, "");
            }
            else if (Directory.Exists(input))
            {
                fingerprint.AddFolder(new DirectoryInfo(input), "");
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void AddEnvironment(IReadOnlyDictionary<string, string?> author)
    {
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("VITE_", StringComparison.Ordinal) || name is "NODE_ENV" or "NODE_OPTIONS")
            .Union(author.Keys, UiEnvironment.Names);
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var value = UiEnvironment.Variable(author, name);
            Add(name, value is null ? "unset" : "set", value ?? "");
        }
    }

    /// <summary>A program counts by its place, size and time: asking it for its version would be starting it.</summary>
    private void AddTool(string executable)
    {
        var file = new FileInfo(RealPath.Of(executable) ?? executable);
        Add(file.FullName, $"{file.Length} {file.LastWriteTimeUtc.Ticks}");
    }

    private void AddFolder(DirectoryInfo folder, string relative)
    {
        if (RealPath.Of(folder.FullName) is not { } real || !_visited.Add(real))
        {
            return;
        }

        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (entry is not DirectoryInfo child)
            {
                if (entry.Name == UiLock.BuildFile)
                {
                    continue; // another project builds the same UI just now
                }

                AddFile(entry.FullName, $"{relative}/{entry.Name}");
            }
            else if (!NeverInputs.Contains(child.Name) && !_excluded.Contains(child.FullName))
            {
                AddFolder(child, $"{relative}/{child.Name}");
            }
        }
    }

    private void AddFile(string file, string relative)
    {
        Add(relative);
        try
        {
            using var stream = RegularFile.Open(file);
            _hash.AppendData(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Add("absent"); // a dangling link, or deleted this moment
        }
        catch (NotARegularFileException e)
        {
            Add(e.Kind.ToString()); // a pipe or socket that somebody has left there
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Add(Guid.NewGuid().ToString()); // what can't be read can't be known to be unchanged
        }
    }

    /// <summary>Hashed one by one, so that "ab" + "c" is not "a" + "bc".</summary>
    private void Add(params IEnumerable<string> parts)
    {
        foreach (var part in parts)
        {
            _hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(part)));
        }
    }
}
