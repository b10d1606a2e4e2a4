using System.Text;

namespace Omniview.Plugin.Core.Go.Modules;

/// <summary>
/// The lines of a Go file that decide which other files belong to its program: package, imports, constraints, embeds,
/// cgo's preamble.
/// </summary>
internal static class GoImports
{
    /// <summary>
    /// Two versions of a file with the same text here need the same files. Everything up to the last import counts,
    /// comments too, since cgo reads those; after it only <c>//go:</c> lines in front of the first declaration, and
    /// <c>//go:embed</c> lines.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> source)
    {
        var head = new StringBuilder();
        var remarks = new StringBuilder(); // on what follows: an import, or already the first declaration
        var inHead = true;
        var inBlock = false;
        var inComment = false;
        foreach (var range in source.Split((byte)'\n'))
        {
            var line = source[range];
            if (inHead && !inBlock && !inComment && IsDeclaration(line))
            {
                inHead = false;
                remarks.Clear();
            }

            if (inHead && !inBlock && !inComment && IsRemark(line))
            {
                remarks.Append(Encoding.UTF8.GetString(line)).Append('\n');
            }
            else if (inHead || line.StartsWith("//go:embed"u8))
            {
                head.Append(remarks).Append(Encoding.UTF8.GetString(line)).Append('\n');
                remarks.Clear();
            }

            inComment = inComment
                ? line.IndexOf("*/"u8) < 0
                : inHead && line.LastIndexOf("/*"u8) > line.LastIndexOf("*/"u8);
            inBlock = inBlock ? !line.StartsWith(")"u8) : inHead && line.StartsWith("import ("u8);
        }

        return head.ToString();
    }

    private static bool IsRemark(ReadOnlySpan<byte> line)
    {
        var text = line.TrimStart(" \t"u8).TrimEnd((byte)'\r');
        return text.IsEmpty || (text.StartsWith("//"u8) && !text.StartsWith("//go:"u8));
    }

    /// <summary>Imports come before all other declarations (Go specification, "Source file organization").</summary>
    private static bool IsDeclaration(ReadOnlySpan<byte> line) =>
        line.StartsWith("func "u8) || line.StartsWith("type "u8) || line.StartsWith("var "u8)
            || line.StartsWith("const "u8)
        || line.StartsWith("type("u8) || line.StartsWith("var("u8) || line.StartsWith("const("u8);
}
