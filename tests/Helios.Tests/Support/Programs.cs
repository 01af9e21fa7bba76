using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Helios.Tests.Support;

/// <summary>Files that look like programs of Linux, with a note of the linker and a table of sections at the end.</summary>
internal static class Programs
{
    private const int NotesAt = 64 + 56;
    private const int Tail = 64; // of one section

    /// <param name="buildId">Bytes of the note; null for none.</param>
    /// <param name="machine">EM_X86_64 and so on; null for this processor.</param>
    internal static byte[] Make(byte[]? buildId = null, int? machine = null)
    {
        byte[] notes = buildId is null ? [] : [.. Note(3, [0, 0, 0]), .. Note(3, buildId, "GNU\0")];
        byte[] file = new byte[NotesAt + notes.Length + Tail];
        Encoding.Latin1.GetBytes("\u007fELF\u0002\u0001").CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(
            file.AsSpan(18),
            (ushort)(machine ?? (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 183 : 62)));
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(32), 64);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(40), NotesAt + notes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(54), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(56), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(58), Tail);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(60), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(64), 4);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(64 + 8), NotesAt);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(64 + 32), notes.Length);
        notes.CopyTo(file, NotesAt);
        return file;
    }

    /// <summary>Writes one that this user may run unless told otherwise, with the directories above it.</summary>
    internal static string Write(string path, byte[]? content = null, bool isExecutable = true)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content ?? Make());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | (isExecutable ? UnixFileMode.UserExecute : UnixFileMode.None));
        }

        return path;
    }

    private static byte[] Note(int type, byte[] content, string name = "Other\0")
    {
        byte[] note = new byte[12 + Filled(name.Length) + Filled(content.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(note, name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(4), content.Length);
        BinaryPrimitives.WriteInt32LittleEndian(note.AsSpan(8), type);
        Encoding.Latin1.GetBytes(name).CopyTo(note, 12);
        content.CopyTo(note, 12 + Filled(name.Length));
        return note;
    }

    private static int Filled(int length) => (length + 3) & ~3;
}
