namespace Omniview.Plugin.Core.Tests.Go.Incremental;

/// <summary>What an author does to the files of a folder; each says what it did.</summary>
internal sealed class RandomEdits(TempFolder folder, Random random)
{
    private int _number;

    public string EditSomething()
    {
        var files = new[]
        {
            "p/pkg/main.go",
            "p/pkg/words/words.go",
            "p/pkg/words/deep/deep.go",
            "lib/lib.go",
            "other/lib.go",
            "shared/linked.go",
            "shared/turned.go",
            "p/pkg/words/words_test.go",
            "p/pkg/words/tagged.go",
            "p/vendor/example.com/lib/lib.go",
        };
        var file = files[random.Next(files.Length)];
        return File.Exists(folder[file]) ? Edit(file) : "nothing";
    }

    /// <summary>
    /// Some four digits are others; sometimes in a file that takes the place of the last, as editors do it.
    /// </summary>
    public string Edit(string file)
    {
        var text = File.ReadAllText(folder[file]);
        var places = Enumerable.Range(0, text.Length - 4).Where(
            at => text[at] is '"' or ' ' && text.AsSpan(at + 1, 4).ContainsAnyExceptInRange('0', '9') is false)
            .ToList();
        if (places.Count == 0)
        {
            return "nothing";
        }

        var at = places[random.Next(places.Count)] + 1;
        Put(
            file,
            string.Concat(
                text.AsSpan(0, at),
                random.Next(10).ToString("0000", System.Globalization.CultureInfo.InvariantCulture),
                text.AsSpan(at + 4)));
        return $"edited {file}";
    }

    private void Put(string file, string text)
    {
        if (random.Next(2) == 0)
        {
            File.WriteAllText(folder[file], text);
        }
        else
        {
            File.WriteAllText(folder[file] + ".new", text);
            File.Move(folder[file] + ".new", folder[file], overwrite: true);
        }
    }

    public string AddFile()
    {
        folder.Write(
            $"p/pkg/words/more{++_number}.go",
            $"package words\n\nfunc init() {{ println(\"{_number:0000}\") }}\n");
        return "added a file";
    }

    public string Toggle(string file, string one, string other)
    {
        var text = File.ReadAllText(folder[file]);
        Put(
            file,
            text.Contains(one, StringComparison.Ordinal) ? text.Replace(one, other, StringComparison.Ordinal)
                : text.Contains(other, StringComparison.Ordinal) ? text.Replace(other, one, StringComparison.Ordinal)
                : one);
        return $"changed {file}";
    }

    public string Appear(string file, string text)
    {
        if (File.Exists(folder[file]))
        {
            return Delete(folder[file]);
        }

        folder.Write(file, text);
        return $"{file} came";
    }

    public static string Delete(string? file)
    {
        if (file is not null)
        {
            File.Delete(file);
        }

        return $"deleted {file}";
    }

    public string Rename(string? file)
    {
        if (file is not null)
        {
            File.Move(file, folder[$"p/pkg/words/more{++_number}.go"]);
        }

        return $"renamed {file}";
    }

    public string Turn(string link, string target)
    {
        var text = File.ReadAllText(folder[link]);
        File.Delete(folder[link]);
        if (random.Next(3) == 0)
        {
            File.WriteAllText(folder[link], text); // a file with the same content
            return $"{link} is a file";
        }

        File.CreateSymbolicLink(folder[link], target);
        return $"{link} leads to {target}";
    }

    public string Swap(string one, string other)
    {
        Directory.Move(folder[one], folder["aside"]);
        Directory.Move(folder[other], folder[one]);
        Directory.Move(folder["aside"], folder[other]);
        return $"{one} and {other} changed places";
    }
}
