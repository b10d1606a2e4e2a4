using Omniview.Plugin.Core.Diagnostics;

namespace Omniview.Plugin.Core.Go.Output;

/// <summary>
/// What kind of thing the Go toolchain reports: a stable code, never reused, and the title of its page under
/// docs/diagnostics.
/// </summary>
/// <remarks>
/// GO0xxx in general, GO1xxx compiler, GO2xxx modules and packages, GO3xxx linking, GO4xxx cgo and assembler, GO5xxx
/// vet, GO6xxx tests, GO7xxx type errors (<see cref="GoTypeErrors"/>).
/// </remarks>
internal sealed record GoProblemKind(string Code, string Title)
{
    public static readonly GoProblemKind Compiler = new(DiagnosticCodes.GoProblem, "The compiler refuses the program");
    public static readonly GoProblemKind Unknown = new(DiagnosticCodes.GoFailed, "The go command failed");
    public static readonly GoProblemKind Setting = new("GO0003", "A flag or variable of the go command is wrong");
    public static readonly GoProblemKind DiskFull = new("GO0004", "No space is left on the disk");
    public static readonly GoProblemKind Killed = new("GO0005", "A program of the Go toolchain was killed");
    public static readonly GoProblemKind More = new("GO0006", "There are more problems than shown");
    public static readonly GoProblemKind Output = new("GO0007", "The program can not be written");
    public static readonly GoProblemKind Generate = new("GO0008", "go generate failed");

    public static readonly GoProblemKind Syntax = new("GO1001", "Syntax error");
    public static readonly GoProblemKind NoBody = new("GO1002", "A function has no body");
    public static readonly GoProblemKind CompilerCrash = new("GO1003", "The compiler crashed");

    public static readonly GoProblemKind PackageNotFound = new("GO2001", "A package is in no module of the build");
    public static readonly GoProblemKind Checksum = new("GO2002", "go.sum does not vouch for a module");
    public static readonly GoProblemKind Download = new("GO2003", "A module can not be fetched");
    public static readonly GoProblemKind ModuleFile = new("GO2004", "go.mod or go.work has an error");
    public static readonly GoProblemKind UpdateNeeded = new("GO2005", "go.mod is not up to date");
    public static readonly GoProblemKind Vendor = new("GO2006", "The vendor folder does not fit go.mod");
    public static readonly GoProblemKind Replacement = new("GO2007", "A replaced module can not be used");
    public static readonly GoProblemKind Workspace = new("GO2008", "A module of the workspace can not be used");
    public static readonly GoProblemKind ImportCycle = new("GO2009", "Packages import each other");
    public static readonly GoProblemKind Excluded = new("GO2010", "Build constraints exclude all Go files");
    public static readonly GoProblemKind NoGoFiles = new("GO2011", "A folder has no Go files");
    public static readonly GoProblemKind NoFolder = new("GO2012", "A folder or package is not there");
    public static readonly GoProblemKind Embed = new("GO2013", "A //go:embed directive is wrong");
    public static readonly GoProblemKind CaseCollision = new("GO2014", "Two import paths differ in case only");
    public static readonly GoProblemKind ProgramImport = new("GO2015", "A program is imported");
    public static readonly GoProblemKind Internal = new("GO2016", "An internal package is imported from outside");
    public static readonly GoProblemKind MixedPackages = new("GO2017", "One folder holds two packages");
    public static readonly GoProblemKind Toolchain = new("GO2018", "GOTOOLCHAIN or a toolchain line is invalid");
    public static readonly GoProblemKind ImportPath = new("GO2019", "An import path is not allowed");

    public static readonly GoProblemKind Linker = new("GO3001", "Linking failed");
    public static readonly GoProblemKind UndefinedSymbol = new("GO3002", "A symbol is not defined");
    public static readonly GoProblemKind DuplicateSymbol = new("GO3003", "A symbol is defined twice");
    public static readonly GoProblemKind Library = new("GO3004", "A C library is not found");

    public static readonly GoProblemKind C = new("GO4001", "The C compiler reports a problem");
    public static readonly GoProblemKind CName = new("GO4002", "A C name is not known");
    public static readonly GoProblemKind NoCCompiler = new("GO4003", "No C compiler is found");
    public static readonly GoProblemKind Assembler = new("GO4004", "The assembler reports a problem");
    public static readonly GoProblemKind CgoOff = new("GO4005", "cgo is off but needed");
    public static readonly GoProblemKind CgoDirective = new("GO4006", "A #cgo line is wrong");

    public static readonly GoProblemKind Vet = new("GO5001", "go vet finds something suspicious");

    public static readonly GoProblemKind TestFailed = new("GO6001", "A test failed");
    public static readonly GoProblemKind Panic = new("GO6002", "The program panicked");
    public static readonly GoProblemKind TestTimeout = new("GO6003", "A test took too long");
    public static readonly GoProblemKind DataRace = new("GO6004", "The race detector found a data race");
    public static readonly GoProblemKind TestsEnded = new("GO6005", "The tests of a package failed");
    public static readonly GoProblemKind TestSignature = new("GO6006", "A test function has the wrong signature");

    /// <summary>Every kind, in the order of the codes.</summary>
    public static IReadOnlyList<GoProblemKind> All { get; } =
    [
        Compiler, Unknown, Setting, DiskFull, Killed, More, Output, Generate,
        Syntax, NoBody, CompilerCrash,
        PackageNotFound, Checksum, Download, ModuleFile, UpdateNeeded, Vendor, Replacement, Workspace, ImportCycle,
        Excluded,
        NoGoFiles, NoFolder, Embed, CaseCollision, ProgramImport, Internal, MixedPackages, Toolchain, ImportPath,
        Linker, UndefinedSymbol, DuplicateSymbol, Library,
        C, CName, NoCCompiler, Assembler, CgoOff, CgoDirective,
        Vet,
        TestFailed, Panic, TestTimeout, DataRace, TestsEnded, TestSignature,
    ];

    /// <summary>The titles by the codes.</summary>
    public static IReadOnlyDictionary<string, string> Titles { get; } = All
        .Select(kind => (kind.Code, kind.Title))
        .Concat(GoTypeErrors.All)
        .ToDictionary(StringComparer.Ordinal);
}
