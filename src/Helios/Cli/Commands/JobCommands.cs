using System;
using ConsoleAppFramework;
using Helios.Adapters;
using Helios.Cli.Help;
using Helios.Cli.Options;
using Helios.Errors;
using Helios.Os;
using Helios.Render;
using Helios.Run;
using Helios.Run.Batch;
using Helios.Run.Stores;

namespace Helios.Cli.Commands;

/// <summary>
/// The commands that work on the job spec. Every parameter is optional text, because the framework's messages and exit code for a
/// missing or mistyped one do not follow helios' rules: <see cref="CommandLine"/> checks names and <see cref="ExportArguments"/>
/// checks values. Descriptions begin with the name of the value.
/// </summary>
internal sealed class JobCommands
{
    /// <summary>Plan a job: write the job spec, which tells workers what to render, to stdout or to --job FILE. Starts no browser unless --probe is given.</summary>
    /// <param name="composition">&lt;composition&gt; Path, file:// or http(s):// URL of the page</param>
    /// <param name="output">-o, &lt;FILE&gt; Final video; .mp4, .mov, .mkv, .webm or .gif, or files as frames/%05d.png, .jpg, .webp or .avif [default: output.mp4]</param>
    /// <param name="shards">&lt;N&gt; Chunks to cut the job into, 1..10000000 [default: 1]</param>
    /// <param name="chunkFrames">&lt;N&gt; Frames a chunk, instead of --shards</param>
    /// <param name="split">&lt;HOW&gt; ceil: equal chunks, the last takes the rest; even: sizes differ by at most one frame; cost: chunks of equal time by --cost [default: ceil]</param>
    /// <param name="cost">&lt;COSTS&gt; What frames cost on a worker: preroll=6ms,capture=40ms and optionally start=2s; the pre-roll is that of a frame before the chunk</param>
    /// <param name="targetTime">&lt;TIME&gt; As few chunks as take at most this time each by --cost, such as 60s, instead of --shards</param>
    /// <param name="width">&lt;PIXELS&gt; 1..16384 [default: 1920]</param>
    /// <param name="height">&lt;PIXELS&gt; 1..16384 [default: 1080]</param>
    /// <param name="scale">&lt;FACTOR&gt; Device pixels for each pixel of the page, 0.5..16: 2 makes 4K of 1920x1080, and devicePixelRatio is 2 [default: 1]</param>
    /// <param name="fps">&lt;RATE&gt; Frame rate: 30, 29.97, 30000/1001, ntsc, film … [default: 30]</param>
    /// <param name="pageFps">&lt;RATE&gt; Rate of the page's animation frames, such as 60 for a video of 30, whose every second one is captured [default: that of --fps]</param>
    /// <param name="duration">&lt;TIME&gt; Seconds, hh:mm:ss.mmm, or frames as 60f [default: 1]</param>
    /// <param name="frames">&lt;N&gt; Frames, instead of --duration</param>
    /// <param name="startFrame">&lt;N&gt; First frame of the job on the composition's timeline [default: 0]</param>
    /// <param name="probe">Ask the page, in a browser, for the width, height, rate and duration that no option gives, and try how it gets to its frames (docs/probe.md)</param>
    /// <param name="browser">&lt;PATH&gt; With --probe: chromium-headless-shell [default: HELIOS_BROWSER, else one that is found; docs/browser.md]</param>
    /// <param name="root">&lt;DIR&gt; Project directory that the page may read [default: the composition's, or the one above it that has what the page names]</param>
    /// <param name="offline">With --probe: fail requests to the net</param>
    /// <param name="readyTimeout">&lt;SECONDS&gt; With --probe: longest time until the page is ready, 1..86400 [default: 60]</param>
    /// <param name="job">&lt;FILE&gt; Write the spec to this file, whole or not at all, instead of stdout</param>
    /// <param name="jobId">&lt;ID&gt; Name of the job in file names and farms: a-z, 0-9 and -, at most 63 [default: random]</param>
    /// <param name="baseUrl">&lt;URL&gt; Server that shows the current directory; workers load the page from there</param>
    /// <param name="portable">Write paths relative to the job file, so that the folder can move</param>
    /// <param name="compact">Write the spec on one line</param>
    /// <param name="props">&lt;JSON&gt; Object for the page, as JSON or @file [default: {}]</param>
    /// <param name="rows">&lt;FILE&gt; Plan a video for each row of this file, JSONL or .csv: its fields are props, and {field} in --output stands for one; --job is a folder (docs/batch.md)</param>
    /// <param name="mode">&lt;MODE&gt; dom: the viewport; canvas: one canvas element [default: dom, canvas with --selector]</param>
    /// <param name="capture">&lt;MODE&gt; How pixels are taken: screenshot, paint or canvas (docs/capture.md) [default: with --probe and in render the fastest that shows the same, else screenshot; canvas in canvas mode]</param>
    /// <param name="history">&lt;HOW&gt; How a chunk's first frame is reached: auto (jump where nothing can observe it), replay (run every frame), seek (jump; for pages that depend on time alone) [default: auto]</param>
    /// <param name="processor">&lt;WHICH&gt; Instructions that the browser draws with: any (those of every processor of the architecture) or native (all of the worker's: faster, but chunks fit only on one kind of processor; docs/capture.md) [default: any; native in render of a whole video of 120 frames or more]</param>
    /// <param name="selector">&lt;CSS&gt; Which canvas element in canvas mode [default: the first]</param>
    /// <param name="videoCodec">&lt;CODEC&gt; h264, h265, vp9, av1, prores or ffv1; by a device: h264_ or hevc_ and nvenc, vaapi, qsv or videotoolbox (docs/encode.md) [default: h264; .webm: vp9; .gif and images: ffv1]</param>
    /// <param name="quality">&lt;N&gt; Constant quality, 0 is best; h264, h265: ..51, vp9, av1: ..63; devices: from 1 [default: 18, 20, 24, 26; devices: 20, videotoolbox: 35]</param>
    /// <param name="bitrate">&lt;BITS&gt; Average a second of every chunk, such as 4M or 800k, instead of --quality; h264, h265, vp9 and devices</param>
    /// <param name="maxBitrate">&lt;BITS&gt; Most bits a second: a player that gets so many, with the buffer of --buffer-size, never waits; h264, h265</param>
    /// <param name="bufferSize">&lt;BITS&gt; Buffer of such a player, of at least four frames [default: the bits of a second]</param>
    /// <param name="preset">&lt;NAME&gt; Encoder preset (ultrafast..veryslow; vp9 0..8; av1 0..13; nvenc p1..p7; qsv veryfast..veryslow) or ProRes profile [default: veryfast, 4, 8, hq]</param>
    /// <param name="encoderOption">&lt;KEY=VALUE…&gt; Option of the encoder itself, such as tune=animation or aq-mode=3, of those in docs/encode.md; may be repeated</param>
    /// <param name="pixelFormat">&lt;NAME&gt; As ffmpeg names it: yuv420p, yuv444p, yuva444p10le … [default: yuv420p; prores: yuv422p10le; .gif and images: bgr0]</param>
    /// <param name="imageQuality">&lt;N&gt; Quality of .jpg, .webp and .avif files, 1 to 100, the best, which is lossless for .webp and .avif [default: 90]</param>
    /// <param name="audioCodec">&lt;CODEC&gt; aac, opus, flac, pcm or none [default: aac; .mkv, .webm: opus; .gif and images: none]</param>
    /// <param name="audio">&lt;FILE…&gt; Audio file, may be repeated; behind its name: ,start=S ,trim=A-B ,volume=V ,fade-in=S ,fade-out=S ,loop</param>
    /// <param name="title">&lt;TEXT&gt; Title in the metadata of the video [default: none]</param>
    /// <param name="creationTime">&lt;WHEN&gt; Creation time in its metadata, UTC: 2026-11-29T14:00:00Z, a date, or now [default: none, so that the same job gives the same bytes]</param>
    /// <param name="fonts">&lt;DIR&gt; Font files for every worker, whatever its machine has [default: fonts next to the composition, if there is one]</param>
    /// <param name="strictFonts">Refuse text that is drawn in another font than the one it names first (65), instead of a warning</param>
    /// <param name="block">&lt;PATTERN…&gt; URL on the net that the page does without, with * for any characters, such as 'https://www.googletagmanager.com/*'; may be repeated</param>
    /// <param name="seed">&lt;N&gt; Seed of the page's random numbers, 0..4294967295 [default: 305419896]</param>
    /// <param name="quiet">-q, No summary on stderr</param>
    [Command("export-job")]
    public int ExportJob(
        [Argument] string? composition = null,
        [HideDefaultValue] string? output = null,
        [HideDefaultValue] string? shards = null,
        [HideDefaultValue] string? chunkFrames = null,
        [HideDefaultValue] string? split = null,
        [HideDefaultValue] string? cost = null,
        [HideDefaultValue] string? targetTime = null,
        [HideDefaultValue] string? width = null,
        [HideDefaultValue] string? height = null,
        [HideDefaultValue] string? scale = null,
        [HideDefaultValue] string? fps = null,
        [HideDefaultValue] string? pageFps = null,
        [HideDefaultValue] string? duration = null,
        [HideDefaultValue] string? frames = null,
        [HideDefaultValue] string? startFrame = null,
        bool probe = false,
        [HideDefaultValue] string? browser = null,
        [HideDefaultValue] string? root = null,
        bool offline = false,
        [HideDefaultValue] string? readyTimeout = null,
        [HideDefaultValue] string? job = null,
        [HideDefaultValue] string? jobId = null,
        [HideDefaultValue] string? baseUrl = null,
        bool portable = false,
        bool compact = false,
        [HideDefaultValue] string? props = null,
        [HideDefaultValue] string? rows = null,
        [HideDefaultValue] string? mode = null,
        [HideDefaultValue] string? capture = null,
        [HideDefaultValue] string? selector = null,
        [HideDefaultValue] string? history = null,
        [HideDefaultValue] string? processor = null,
        [HideDefaultValue] string? videoCodec = null,
        [HideDefaultValue] string? quality = null,
        [HideDefaultValue] string? bitrate = null,
        [HideDefaultValue] string? maxBitrate = null,
        [HideDefaultValue] string? bufferSize = null,
        [HideDefaultValue] string? preset = null,
        [HideDefaultValue] string? encoderOption = null,
        [HideDefaultValue] string? pixelFormat = null,
        [HideDefaultValue] string? imageQuality = null,
        [HideDefaultValue] string? audioCodec = null,
        [HideDefaultValue] string? audio = null,
        [HideDefaultValue] string? title = null,
        [HideDefaultValue] string? creationTime = null,
        [HideDefaultValue] string? fonts = null,
        bool strictFonts = false,
        [HideDefaultValue] string? block = null,
        [HideDefaultValue] string? seed = null,
        bool quiet = false) => ErrorBoundary.Run(progress: null, quiet, sink =>
    {
        var arguments = new ExportArguments
        {
            Composition = composition!,
            Output = output,
            Shards = shards,
            ChunkFrames = chunkFrames,
            Split = split,
            Cost = cost,
            TargetTime = targetTime,
            Width = width,
            Height = height,
            Scale = scale,
            Fps = fps,
            PageFps = pageFps,
            Duration = duration,
            Frames = frames,
            StartFrame = startFrame,
            Job = job,
            JobId = jobId,
            BaseUrl = baseUrl,
            Props = props,
            Rows = rows,
            Mode = mode,
            Selector = selector,
            Capture = capture,
            History = history,
            Processor = processor,
            VideoCodec = videoCodec,
            Quality = quality,
            Bitrate = bitrate,
            MaxBitrate = maxBitrate,
            BufferSize = bufferSize,
            Preset = preset,
            EncoderOption = encoderOption,
            PixelFormat = pixelFormat,
            ImageQuality = imageQuality,
            AudioCodec = audioCodec,
            Audio = audio,
            Title = title,
            CreationTime = creationTime,
            Seed = seed,
            Root = root,
            Fonts = fonts,
            HasStrictFonts = strictFonts,
            Block = block,
            IsPortable = portable,
            IsProbed = probe,
        };
        var worker = new WorkerArguments { Root = root, Browser = browser, IsOffline = offline, ReadyTimeout = readyTimeout };
        if (!probe && worker.FindBrowserOption() is string option)
            throw CommandLine.Wrong($"{option} is for the browser that --probe starts", "add --probe, or leave it out");
        if (rows is null) JobFiles.Export(ProbedOptions.Complete(arguments, worker, sink, triesPage: true), compact, quiet);
        else BatchFiles.Export(arguments, worker, sink, compact, quiet);
    });

    /// <summary>Check a job spec: its shape, that the chunks cover the job, and that its paths are safe.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), the folder of a batch, or - for standard input</param>
    /// <param name="outputs">Also say which chunk files, or videos of a batch, are complete, missing or wrong; for a job what they took, and what the rest will</param>
    /// <param name="format">&lt;FORMAT&gt; text or json [default: text]</param>
    /// <param name="cpus">&lt;N&gt; With --outputs: cores of a worker, for core-hours [default: 4]</param>
    /// <param name="workdir">&lt;DIR&gt; Where relative paths of the spec start [default: the spec's directory]</param>
    /// <param name="quiet">-q, Nothing on stdout; the exit code tells</param>
    /// <param name="transfer">&lt;PROGRAM&gt; Program that copies to and from the store of a job's URL [default: HELIOS_TRANSFER, else aws, gcloud, azcopy, az or rclone]</param>
    [Command("check-job")]
    public int CheckJob(
        [Argument] string? job = null,
        bool outputs = false,
        [HideDefaultValue] string? format = null,
        [HideDefaultValue] string? cpus = null,
        [HideDefaultValue] string? workdir = null,
        bool quiet = false,
        [HideDefaultValue] string? transfer = null) => ErrorBoundary.Run(() =>
    {
        bool isJson = EstimateReport.IsJson(format);
        int? cores = CountCores(outputs, cpus);
        bool isBatch = BatchSource.IsBatch(job!) || StoredBatch.IsBatch(job!, transfer);
        if (isBatch && isJson)
            throw CommandLine.Wrong("--format json is for a job, not for a batch", "name the job file of a row, or leave it out");
        if (isBatch && cpus is not null)
            throw CommandLine.Wrong("--cpus is for a job, not for a batch", "name the job file of a row, or leave it out");
        using StoredBatch? batch = StoredBatch.Open(job!, transfer, workdir);
        if (isBatch) return (int)BatchFiles.Check(batch?.Source ?? new BatchSource(job!, workdir), outputs, quiet, batch);
        using StoredJob? stored = StoredJob.Open(job!, transfer, workdir);
        return (int)JobFiles.Check(stored?.Source ?? new JobSource(job!, workdir), cores, quiet, isJson, stored);
    });

    /// <summary>Cores of a worker, for the report on chunk files; null without one.</summary>
    private static int? CountCores(bool hasReport, string? typed)
    {
        if (typed is not null && !hasReport) throw CommandLine.Wrong("--cpus needs --outputs", "add --outputs, or leave it out");
        return hasReport ? (int)ExportArguments.ReadInteger("--cpus", typed, 1, AdapterOptions.MostCpus, AdapterOptions.DefaultCpus) : null;
    }

    /// <summary>Show one chunk of a job spec, for bootstrap scripts.</summary>
    /// <param name="job">&lt;job&gt; Job spec: a file, a URL in a bucket (s3://, gs://, az://, rclone:), or - for standard input</param>
    /// <param name="index">&lt;N&gt; Which chunk, from 0 [default: HELIOS_CHUNK_INDEX, else the variable of the batch engine]</param>
    /// <param name="format">&lt;FORMAT&gt; json; env: assignments for eval in sh; args: options, quoted for sh [default: json]</param>
    /// <param name="field">&lt;NAME&gt; Print one bare value: jobId, composition, id, startFrame, frameCount, output, width, height, scale or frameRate</param>
    /// <param name="workdir">&lt;DIR&gt; Where relative paths of the spec start [default: the spec's directory]</param>
    /// <param name="transfer">&lt;PROGRAM&gt; Program that copies to and from the store of a job's URL [default: HELIOS_TRANSFER, else aws, gcloud, azcopy, az or rclone]</param>
    [Command("show-chunk")]
    public int ShowChunk(
        [Argument] string? job = null,
        [HideDefaultValue] string? index = null,
        [HideDefaultValue] string? format = null,
        [HideDefaultValue] string? field = null,
        [HideDefaultValue] string? workdir = null,
        [HideDefaultValue] string? transfer = null) => ErrorBoundary.Run(() =>
    {
        if (format is not null && field is not null) throw CommandLine.Wrong("--format and --field exclude each other", "give one of them");
        var (number, source) = TaskIndex.FindChunk(index, Environment.GetEnvironmentVariable);
        using StoredJob? stored = StoredJob.Open(job!, transfer, workdir);
        JobFiles.ShowChunk(stored?.Source ?? new JobSource(job!, workdir), number, source, format, field, stored);
        return (int)ExitCode.Ok;
    });

    /// <summary>Print the JSON Schema of the job spec.</summary>
    [Command("schema")]
    public int Schema() => ErrorBoundary.Run(() =>
    {
        JobFiles.PrintSchema();
        return (int)ExitCode.Ok;
    });

    /// <summary>Print completions for a shell.</summary>
    /// <param name="shell">&lt;shell&gt; bash, zsh, fish or powershell</param>
    [Command("completions")]
    public int PrintCompletions([Argument] string? shell = null) => ErrorBoundary.Run(() =>
    {
        StandardStreams.WriteOutput(Completions.Make(shell!, Shell.DescribeCommands()));
        return (int)ExitCode.Ok;
    });
}
