using System;
using System.Collections.Generic;
using System.IO;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Files;
using Helios.Transfer;
using Helios.Transfer.Programs;

namespace Helios.Run.Stores;

/// <summary>A folder of a store, and the private directory of this process with copies of it, removed when the work ends.</summary>
internal sealed class StoreCopy : IDisposable
{
    private readonly Interrupts _interrupts = new();
    private readonly TransferProgram _program;
    private readonly PrivateDirectory _place;

    /// <param name="folder">Its address.</param>
    /// <param name="transfer">Value of <c>--transfer</c>.</param>
    /// <exception cref="HeliosException">69: no program; 73, 74: no private directory.</exception>
    internal StoreCopy(StoreUrl folder, string? transfer)
    {
        try
        {
            _program = TransferFinder.Find(folder, transfer);
            _place = PrivateDirectory.Create(PrivateDirectory.OfStore);
            Directory = System.IO.Directory.CreateDirectory(Path.Combine(_place.Path, "project")).FullName;
            Store = Open(folder);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal Store Store { get; }

    /// <summary>Where the project is, absolute.</summary>
    internal string Directory { get; }

    /// <summary>For files beside the project; absolute.</summary>
    internal string Scratch => _place.Path;

    /// <summary>The same or another folder of the store.</summary>
    internal Store Open(StoreUrl folder) => new(folder, _program, _place.Path, _interrupts);

    /// <exception cref="HeliosException">74: there is no room for the files.</exception>
    internal void CheckRoom(List<StoreObject> files)
    {
        long need = StoreObject.SizeOf(files);
        long available = FileSystem.AvailableBytes(_place.Path);
        if (need <= available) return;
        throw new HeliosException(ExitCode.IoError, FormattableString.Invariant(
            $"the project has {need / 1e6:0.0} MB in {files.Count} files, and {available / 1e6:0.0} MB are free"), _place.Path,
            "make room, set TMPDIR to another disk, or keep the job in a folder of its own", reason: Reason.DiskFull);
    }

    public void Dispose()
    {
        _place?.Dispose();
        _interrupts.Dispose();
    }
}
