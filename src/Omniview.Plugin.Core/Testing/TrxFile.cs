using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Omniview.Plugin.Core.Files;

namespace Omniview.Plugin.Core.Testing;

/// <summary>Test results in the format of Visual Studio (TRX), which build servers read.</summary>
internal static class TrxFile
{
    private const string CodedUnitTest = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b"; // the test type every TRX of .NET has
    private const string Listed = "8c84fa94-04c1-424b-9868-57a2d4851a1d"; // the list every such test is in

    private static readonly XNamespace Ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>
    /// Where <c>--logger trx</c> wants the results, absolute; null when none of the loggers is trx. As in .NET,
    /// <c>LogFileName</c> and <c>LogFilePrefix</c> count, and the folder is <c>TestResults</c> in the project unless it
    /// is given.
    /// </summary>
    /// <param name="loggers">As given: <c>trx;LogFileName=x.trx</c>.</param>
    /// <param name="folder">Absolute.</param>
    /// <param name="name">Of what is tested, for the default name and in front of the extension of a given one when it
    /// has a suffix.</param>
    /// <param name="suffix">Tells this part of a project's results from its others: empty, or <c>.ui</c>.</param>
    /// <param name="now">For the default name.</param>
    public static string? PathFor(IEnumerable<string> loggers, string folder, string name, string suffix, DateTime now)
    {
        foreach (var parts in loggers.Select(logger => logger.Split(';', StringSplitOptions.TrimEntries)))
        {
            if (parts[0].Equals("trx", StringComparison.OrdinalIgnoreCase))
            {
                var time = now.ToString("yyyy-MM-dd_HH_mm_ss", CultureInfo.InvariantCulture);
                var file = Parameter(parts, "LogFileName") ?? $"{Parameter(parts, "LogFilePrefix") ?? name}_{time}.trx";
                return Path.GetFullPath(
                    suffix.Length > 0 ? Path.ChangeExtension(file, $"{suffix}{Path.GetExtension(file)}") : file,
                    folder);
            }
        }

        return null;
    }

    /// <summary>Writes the file; its folder is made when missing.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(
        string file, string name, DateTime started, DateTime ended, IReadOnlyList<TestOutcome> tests)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var xml = Document(name, started, ended, tests);
        using var text = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                text, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteTo(writer);
        }

        AtomicFile.Write(
            file,
            text.ToArray(),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            durable: false);
    }

    private static XElement Document(string name, DateTime started, DateTime ended, IReadOnlyList<TestOutcome> tests)
    {
        var run = tests.Select(test => (Test: test, Id: Guid.NewGuid(), Execution: Guid.NewGuid())).ToList();
        int Count(TestStatus status) => tests.Count(test => test.Status == status);
        return new XElement(Ns + "TestRun",
            new XAttribute("id", Guid.NewGuid()),
            new XAttribute("name", name),
            new XElement(
                Ns + "Times",
                new XAttribute("creation", started),
                new XAttribute("queuing", started),
                new XAttribute("start", started),
                new XAttribute("finish", ended)),
            new XElement(Ns + "Results", run.Select(one => Result(one.Test, one.Id, one.Execution))),
            new XElement(Ns + "TestDefinitions", run.Select(one => new XElement(Ns + "UnitTest",
                new XAttribute("name", one.Test.Name),
                new XAttribute("id", one.Id),
                new XElement(Ns + "Execution", new XAttribute("id", one.Execution)),
                new XElement(
                    Ns + "TestMethod",
                    new XAttribute("codeBase", name),
                    new XAttribute("className", one.Test.Suite),
                    new XAttribute("name", one.Test.Name))))),
            new XElement(Ns + "TestEntries", run.Select(one => new XElement(Ns + "TestEntry",
                new XAttribute("testId", one.Id),
                new XAttribute("executionId", one.Execution),
                new XAttribute("testListId", Listed)))),
            new XElement(Ns + "TestLists", new XElement(
                Ns + "TestList",
                new XAttribute("name", "Results Not in a List"),
                new XAttribute("id", Listed))),
            new XElement(Ns + "ResultSummary",
                new XAttribute("outcome", Count(TestStatus.Failed) > 0 ? "Failed" : "Completed"),
                new XElement(Ns + "Counters",
                    new XAttribute("total", tests.Count),
                    new XAttribute("executed", tests.Count - Count(TestStatus.Skipped)),
                    new XAttribute("passed", Count(TestStatus.Passed)),
                    new XAttribute("failed", Count(TestStatus.Failed)),
                    new XAttribute("notExecuted", Count(TestStatus.Skipped)))));
    }

    private static XElement Result(TestOutcome test, Guid id, Guid execution) => new(Ns + "UnitTestResult",
        new XAttribute("executionId", execution),
        new XAttribute("testId", id),
        new XAttribute("testName", test.Name),
        new XAttribute("computerName", ""),
        new XAttribute("duration", test.Duration.ToString("c", CultureInfo.InvariantCulture)),
        new XAttribute("testType", CodedUnitTest),
        new XAttribute("outcome", test.Status == TestStatus.Skipped ? "NotExecuted" : test.Status.ToString()),
        new XAttribute("testListId", Listed),
        test.Output.Length == 0 ? null : new XElement(Ns + "Output",
            test.Status == TestStatus.Failed
                ? new XElement(Ns + "ErrorInfo", new XElement(Ns + "Message", Legal(test.Output)))
                : new XElement(Ns + "StdOut", Legal(test.Output))));

    /// <summary>XML has no word for most control characters, which tests may well print.</summary>
    private static string Legal(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(rune =>
                    rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD"));

    private static string? Parameter(string[] parts, string name) =>
        parts.Skip(1).Select(part => part.Split('=', 2)).FirstOrDefault(
            pair => pair.Length == 2 && pair[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();
}
