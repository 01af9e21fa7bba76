using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;
using Helios.Transfer.Programs;

namespace Helios.Transfer;

/// <summary>A folder in a store, and the program that copies between it and this machine. May be used on several threads at once.</summary>
/// <param name="folder">Its address.</param>
/// <param name="program">The program.</param>
/// <param name="scratch">Directory for lists of names; absolute.</param>
/// <param name="interrupts">End the program.</param>
internal sealed class Store(StoreUrl folder, TransferProgram program, string scratch, Interrupts interrupts)
{
    internal const int MostObjects = 2_000_000; // as many as a job of a million chunks has

    private readonly TransferCall _call = new(program, interrupts);

    internal StoreUrl Folder => folder;

    /// <summary>Fetches an object; the file is whole or absent.</summary>
    /// <param name="name">Its name below the folder.</param>
    /// <param name="file">Absolute path.</param>
    /// <param name="size">As listed; null when it is not known.</param>
    /// <exception cref="HeliosException">66: missing, or no right to it; 75: it cannot be fetched now.</exception>
    internal void Get(string name, string file, long? size = null)
    {
        StoreUrl source = folder.Child(name);
        string temporary = TemporaryFile.NameFor(file);
        try
        {
            _call.Run(program.Get(source, temporary), $"fetch {source.Text}", source.Text, bytes: size ?? 0,
                onAttempt: () => AtomicFile.DeleteQuietly(temporary));
            if (size is null && !File.Exists(temporary)) throw NoObject(source.Text); // rclone ends with 0 where there is nothing to copy
            CheckSize(temporary, size, source.Text);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            AtomicFile.DeleteQuietly(temporary);
        }
    }

    /// <summary>Puts a file. Stores show an object when it is whole.</summary>
    /// <exception cref="HeliosException">73: no right to write there; 75: it cannot be put now.</exception>
    internal void Put(string file, string name)
    {
        StoreUrl target = folder.Child(name);
        _call.Run(program.Put(file, target), $"put {target.Text}", target.Text, isPut: true, bytes: new FileInfo(file).Length);
    }

    /// <summary>All objects below the folder.</summary>
    /// <exception cref="HeliosException">65: a name could lead out of the folder; 66, 75: as of <see cref="Get"/>.</exception>
    internal List<StoreObject> List()
    {
        var lines = new List<string>();
        string output = TemporaryFile.NameFor(Path.Combine(scratch, "list"));
        _call.Run(program.List(folder, output), $"list {folder.Text}", folder.Text, onLine: program.ListsIntoFile ? null : Add,
            onAttempt: () => Begin());
        if (program.ListsIntoFile && File.Exists(output))
            foreach (string line in TextFile.ReadLines(output)) Add(line);
        AtomicFile.DeleteQuietly(output);
        if (lines.Count > MostObjects)
        {
            throw new HeliosException(ExitCode.Invalid, $"the folder has more than {MostObjects} objects", folder.Text,
                "keep the job in a folder of its own, and cut a larger batch into several");
        }

        var objects = new List<StoreObject>(lines.Count);
        foreach (string line in lines)
            if (line.Length > 0 && Parse(line) is StoreObject found) objects.Add(Checked(found));
        return objects;

        void Begin()
        {
            lines.Clear();
            AtomicFile.DeleteQuietly(output);
        }

        void Add(string line)
        {
            if (lines.Count <= MostObjects) lines.Add(line);
        }
    }

    /// <summary>Fetches listed objects into a directory, and checks that all of them came.</summary>
    /// <param name="objects">The objects, not empty.</param>
    /// <param name="directory">Absolute; exists.</param>
    /// <param name="start">As for <see cref="TreePart"/>.</param>
    /// <param name="end">Likewise.</param>
    internal void GetTree(IReadOnlyList<StoreObject> objects, string directory, string? start = null, string end = "")
    {
        foreach (StoreObject item in objects)
            if (start is not null) _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory, item.Name))!);

        TreePart part = Write(objects, start, end);
        string target = program.KeepsKeys ? Directory.CreateDirectory(Path.Combine(scratch, "tree")).FullName : directory;
        _call.Run(program.GetTree(folder, target, part), $"fetch the files below {folder.Text}", folder.Text,
            bytes: StoreObject.SizeOf(objects));
        foreach (StoreObject item in objects)
        {
            string file = Path.Combine(directory, item.Name);
            if (program.KeepsKeys) Take(Path.Combine(target, folder.Key, item.Name), file);
            if (start is null && ChunkNames.IsLeftOut(item.Name) && !File.Exists(file)) GetAlone(item, file);
            CheckSize(file, item.Size, folder.Child(item.Name).Text);
        }

        AtomicFile.DeleteQuietly(part.NamesFile);
    }

    /// <summary>Puts files of a directory, and nothing else of it.</summary>
    internal void PutTree(IReadOnlyList<StoreObject> files, string directory)
    {
        TreePart part = Write(files, start: null, end: "");
        if (program.PutsWholeFolders) directory = Link(files, directory);
        if (program.PutTree(directory, folder, part) is { } arguments)
        {
            _call.Run(arguments, $"put files below {folder.Text}", folder.Text, isPut: true, bytes: StoreObject.SizeOf(files));
        }
        else
        {
            foreach (StoreObject file in files) Put(Path.Combine(directory, file.Name), file.Name);
        }

        AtomicFile.DeleteQuietly(part.NamesFile);
        if (program.PutsWholeFolders) Directory.Delete(directory, recursive: true); // removes links, not what they lead to
    }

    /// <summary>Removes objects.</summary>
    /// <param name="objects">The objects; none is no call.</param>
    /// <param name="start">Beginning of all their names, and of no others.</param>
    /// <param name="end">End of all their names, likewise.</param>
    internal void Delete(IReadOnlyList<StoreObject> objects, string start, string end = "")
    {
        if (objects.Count == 0) return;
        TreePart part = Write(objects, start, end);
        _call.Run(program.Delete(folder, part), $"remove files below {folder.Text}", folder.Text, isPut: true);
        AtomicFile.DeleteQuietly(part.NamesFile);
    }

    /// <summary>A directory of links to some files of another.</summary>
    private string Link(IReadOnlyList<StoreObject> files, string directory)
    {
        string links = Directory.CreateDirectory(TemporaryFile.NameFor(Path.Combine(scratch, "put"))).FullName;
        foreach (StoreObject file in files)
        {
            string link = Path.Combine(links, file.Name);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            _ = File.CreateSymbolicLink(link, Path.Combine(directory, file.Name));
        }

        return links;
    }

    private void GetAlone(StoreObject item, string file)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Get(item.Name, file, item.Size);
    }

    private TreePart Write(IReadOnlyList<StoreObject> objects, string? start, string end)
    {
        string names = TemporaryFile.NameFor(Path.Combine(scratch, "names"));
        var text = new StringBuilder();
        foreach (StoreObject item in objects) text.Append(item.Name).Append('\n');
        TextFile.Write(names, text.ToString());
        return new TreePart(names, start, end);
    }

    private StoreObject? Parse(string line)
    {
        try
        {
            return program.ParseLine(line, folder);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new HeliosException(ExitCode.Temporary,
                $"{program.Name} lists the folder with a line that names no object: \"{ErrorText.Shorten(ErrorText.OneLine(line))}\"",
                folder.Text, "run it again; if it happens again, report it with the version of the program", error);
        }
    }

    /// <summary>Who writes to the bucket chooses the keys: none may name a file outside of the directory of the project.</summary>
    private StoreObject Checked(StoreObject item) => StoreUrl.WhyNotPath(item.Name) is string what
        ? throw new HeliosException(ExitCode.Invalid, $"the object \"{ErrorText.Shorten(ErrorText.OneLine(item.Name))}\" {what}",
            folder.Text, "rename or remove it, or keep the job in a folder of its own")
        : item;

    private static HeliosException NoObject(string name) => new(ExitCode.NoInput, "there is no such object", name,
        "check the address; helios push uploads a job and its project");

    private static void Take(string from, string to)
    {
        if (!File.Exists(from)) return;
        _ = Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: true);
    }

    private void CheckSize(string file, long? size, string name)
    {
        long found = File.Exists(file) ? new FileInfo(file).Length : -1;
        if (found >= 0 && (size is null || size == found)) return;
        string what = found < 0 ? "did not fetch a file that it was asked for" : string.Create(CultureInfo.InvariantCulture,
            $"fetched {found} of {size} bytes");
        throw new HeliosException(ExitCode.Temporary, $"{program.Name} {what}", name, "run it again; another program may be replacing it");
    }
}
