using Mono.Cecil;

namespace PlainIl;

/// <summary>
/// An assembly that was compiled ahead for one system. Other systems refuse it: its machine is that system's.
/// </summary>
internal static class CompiledImage
{
    private const ushort Amd64 = 0x8664;

    /// <summary>CoreCLR marks the machine of an image for Linux so (pedecoder.h, IMAGE_FILE_MACHINE_OS_MASK).</summary>
    private const ushort LinuxMark = 0x7B79;

    public static bool IsForLinux(string file)
    {
        using var image = new BinaryReader(File.OpenRead(file));
        return image.BaseStream.Length > 64 && MachineAt(image) is { } at && Machine(image, at) == (Amd64 ^ LinuxMark);
    }

    /// <summary>Writes it anew without what was compiled.</summary>
    public static void MakePlain(string file, IAssemblyResolver resolver)
    {
        var bytes = File.ReadAllBytes(file);
        using (var image = new BinaryReader(new MemoryStream(bytes)))
        {
            BitConverter.TryWriteBytes(bytes.AsSpan((int)MachineAt(image)!.Value), Amd64);
        }

        using var module = ModuleDefinition.ReadModule(
            new MemoryStream(bytes), new ReaderParameters { AssemblyResolver = resolver });
        module.Attributes = ModuleAttributes.ILOnly;
        module.Architecture = TargetArchitecture.I386; // with ILOnly it means: any
        module.Write(file);
    }

    private static long? MachineAt(BinaryReader image)
    {
        image.BaseStream.Position = 0x3C;
        var header = image.ReadUInt32();
        if (header + 6 > image.BaseStream.Length)
        {
            return null;
        }

        image.BaseStream.Position = header;
        return image.ReadUInt32() == 0x4550 ? header + 4 : null;
    }

    private static ushort Machine(BinaryReader image, long at)
    {
        image.BaseStream.Position = at;
        return image.ReadUInt16();
    }
}
