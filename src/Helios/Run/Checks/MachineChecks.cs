using System;
using System.Globalization;
using System.IO;
using Helios.Browser;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os;
using Helios.Os.Files;

namespace Helios.Run.Checks;

/// <summary>Processor, memory, temporary files and user of this machine, against what a worker needs.</summary>
/// <param name="options">Of the job, or of a usual one.</param>
/// <param name="hasJob">Whether they are a job's: then what does not fit is an error.</param>
/// <param name="findings">Gets the results.</param>
internal sealed class MachineChecks(RenderOptions options, bool hasJob, Findings findings)
{
    private const long LeastTemporary = 200_000_000; // the profile of a browser: 10 to 60 MB, and frames in canvas and paint

    internal void Run()
    {
        CheckUser();
        int processors = Environment.ProcessorCount;
        string webGl = ProcessorClass.OfWebGl == ProcessorClass.OfPages ? "" : $", {ProcessorClass.OfWebGl} where WebGL is drawn";
        findings.Ok("processor", $"{processors} of class {ProcessorClass.Of(options.Processor)}{webGl}");
        CheckMemory(processors);
        CheckTemporary();
        CheckShared();
    }

    private void CheckUser()
    {
        uint user = Libc.EffectiveUser();
        if (user != 0) findings.Ok("user", string.Create(CultureInfo.InvariantCulture, $"{user}: the browser runs in its sandbox"));
        else findings.Warn("user", "root: the browser runs without its sandbox", "use an ordinary user for pages you do not trust");
    }

    private void CheckMemory(int processors)
    {
        var limits = new MachineLimits("/");
        long available = limits.AvailableMemory(), need = MachineLimits.BytesOfWorker(options);
        string size = string.Create(CultureInfo.InvariantCulture, $"{options.PixelWidth}x{options.PixelHeight}");
        string found = $"{Megabytes(available)} MB for helios and what it starts; a worker of {size} needs about {Megabytes(need)} MB";
        if (available >= need)
        {
            int workers = limits.CountWorkers(processors, options);
            findings.Ok("memory", string.Create(CultureInfo.InvariantCulture, $"{found}, so {workers} at a time"));
            return;
        }

        const string Fix = "give the machine or its container more memory, or plan smaller frames with --width and --height";
        if (hasJob) findings.Fail("memory", found, Fix);
        else findings.Warn("memory", found, Fix);
    }

    private void CheckTemporary()
    {
        _ = findings.Try("temporary files", "set TMPDIR to a directory with room", () =>
        {
            using PrivateDirectory directory = PrivateDirectory.Create(PrivateDirectory.OfDoctor);
            string parent = Path.GetDirectoryName(directory.Path)!;
            using FileLock? held = FileLock.TryTake(Path.Combine(directory.Path, "lock"));
            long available = FileSystem.AvailableBytes(parent);
            string type = FileSystem.TypeOf(parent) is string name ? $" on {name}" : "";
            string found = $"{parent}{type}, {(available == long.MaxValue ? "room unknown" : Megabytes(available) + " MB free")}";
            if (available >= LeastTemporary && held?.IsReal == true) return found + ", with locks";
            if (available < LeastTemporary)
            {
                findings.Warn("temporary files", found, $"set TMPDIR to a directory with {Megabytes(LeastTemporary)} MB and more");
                return null;
            }

            findings.Warn("temporary files", found + ", without locks",
                "set TMPDIR to a local disk: what a killed run leaves stays for 10 minutes");
            return null;
        });
    }

    /// <summary>Only told: the browser is started with --disable-dev-shm-usage.</summary>
    private void CheckShared()
    {
        const string Shared = "/dev/shm";
        if (!Directory.Exists(Shared)) findings.Ok(Shared, "is not there, and not needed");
        else findings.Ok(Shared, $"{Megabytes(FileSystem.AvailableBytes(Shared))} MB free; any size will do, the browser uses TMPDIR");
    }

    internal static string Megabytes(double bytes) =>
        bytes >= long.MaxValue ? "unlimited" : (bytes / 1e6).ToString(bytes < 1e7 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
