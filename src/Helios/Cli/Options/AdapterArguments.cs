using System;
using System.Buffers;
using System.Globalization;
using Helios.Adapters;
using Helios.Cli.Help;
using Helios.Errors;
using Helios.Jobs;
using Helios.Text;
using Helios.Transfer;

namespace Helios.Cli.Options;

/// <summary>
/// Typed arguments of <c>adapt</c>, still as text. Text for an engine's document is checked here for characters that no engine
/// accepts, such as line breaks; the adapter checks limits of one engine. Not a record: these are never compared, and the generated
/// code is 8 KB.
/// </summary>
internal sealed class AdapterArguments
{
    private static readonly SearchValues<char> s_notInWords = SearchValues.Create(" '\"\\$`#;");

    private const int MostMemoryMiB = 16 * 1024 * 1024;
    private const int LongestTime = 30 * 24 * 3600;
    private const int MostRetries = 100;
    private const int MostText = 2048;

    internal AdapterArguments()
    {
    }

    /// <summary>Starts with the options common to adapters.</summary>
    /// <param name="given">Options that the command has from <c>adapt common</c>.</param>
    internal AdapterArguments(OptionValues given)
    {
        Name = given["--name"];
        Image = given["--image"];
        Cpus = given["--cpus"];
        Memory = given["--memory"];
        TimeLimit = given["--time-limit"];
        Retries = given["--retries"];
        Concurrency = given["--concurrency"];
        Tasks = given["--tasks"];
        ChunksPerTask = given["--chunks-per-task"];
        Program = given["--helios"];
        Arch = given["--arch"];
        Then = ThenArguments.From(given);
    }

    internal string? Document { get; init; }

    internal string? Name { get; init; }

    internal string? JobPath { get; init; }

    internal string? Bucket { get; init; }

    /// <summary>Whether tasks of the engine may name the job by its address in a store.</summary>
    internal bool TakesUrls { get; init; }

    internal string? Program { get; init; }

    internal string? Image { get; init; }

    internal string? Cpus { get; init; }

    internal string? Memory { get; init; }

    internal string? TimeLimit { get; init; }

    internal string? Retries { get; init; }

    internal string? Concurrency { get; init; }

    internal string? Tasks { get; init; }

    internal string? ChunksPerTask { get; init; }

    internal bool IsSpot { get; init; }

    internal string? Mount { get; init; }

    internal string? Volume { get; init; }

    internal string? OtherVolume { get; init; }

    internal string? Place { get; init; }

    internal string? Account { get; init; }

    internal string? Platform { get; init; }

    internal string? ExecutionRole { get; init; }

    internal string? Definition { get; init; }

    internal string? MachineType { get; init; }

    internal string? NodeSelector { get; init; }

    internal string? Arch { get; init; }

    internal string? ParallelEnvironment { get; init; }

    internal string? TargetTime { get; init; }

    internal string? QualityOfService { get; init; }

    internal string? MaxArraySize { get; init; }

    internal bool IsJobSet { get; init; }

    internal bool IsAlpha { get; init; }

    internal ThenArguments Then { get; init; } = new(null, isOptional: false, null);

    /// <exception cref="HeliosException">64: an impossible value, or two options that exclude each other.</exception>
    internal AdapterOptions ToOptions()
    {
        if (Tasks is not null && ChunksPerTask is not null)
            throw CommandLine.Wrong("--tasks and --chunks-per-task exclude each other", "give one of them");
        if (Bucket is not null && (JobPath ?? Mount ?? Volume ?? OtherVolume) is not null)
            throw CommandLine.Wrong("tasks find the job by --bucket or on a volume, not both", "leave one of them out");
        return new AdapterOptions
        {
            Document = Document,
            Name = ReadName(),
            JobPath = ReadText("--job-path", JobPath),
            Bucket = ReadText("--bucket", Bucket) is string bucket ? StoreUrl.ParseFolder(bucket).Text : null,
            Program = ReadText("--helios", Program) ?? "helios",
            Image = ReadImage(),
            Cpus = (int)ExportArguments.ReadInteger("--cpus", Cpus, 1, AdapterOptions.MostCpus, AdapterOptions.DefaultCpus),
            MemoryMiB = ReadMemory(),
            TimeLimit = ReadTime("--time-limit", TimeLimit) ?? AdapterOptions.DefaultTimeLimit,
            TargetTime = ReadTime("--target-time", TargetTime) ?? 0,
            Retries = Retries is null ? null : (int)ExportArguments.ReadInteger("--retries", Retries, 0, MostRetries, 0),
            Concurrency = (int)ExportArguments.ReadInteger("--concurrency", Concurrency, 1, ChunkPlan.MaxChunks, 0),
            Tasks = (int)ExportArguments.ReadInteger("--tasks", Tasks, 1, ChunkPlan.MaxChunks, 0),
            ChunksPerTask = (int)ExportArguments.ReadInteger("--chunks-per-task", ChunksPerTask, 1, ChunkPlan.MaxChunks, 0),
            MaxArraySize = (int)ExportArguments.ReadInteger("--max-array-size", MaxArraySize, 1, ChunkPlan.MaxChunks, 0),
            IsSpot = IsSpot,
            Mount = ReadDirectory("--mount", Mount),
            Volume = ReadText("the shared volume", Volume),
            OtherVolume = ReadText("the shared volume", OtherVolume),
            Place = ReadWord("where tasks run", Place),
            Account = ReadWord("the account", Account),
            Platform = Platform,
            ExecutionRole = ReadWord("--execution-role", ExecutionRole),
            Definition = ReadWord("--definition", Definition),
            MachineType = ReadWord("--machine-type", MachineType),
            NodeSelector = ReadWord("which nodes", NodeSelector),
            Arch = ReadArch(),
            ParallelEnvironment = ReadWord("--parallel-environment", ParallelEnvironment),
            QualityOfService = ReadWord("--qos", QualityOfService),
            IsJobSet = IsJobSet,
            IsAlpha = IsAlpha,
            MergeOptions = Array.ConvertAll(Then.ToOptions(), static word => ReadText("--then", word)!),
        };
    }

    private string? ReadArch() => Arch is null or "amd64" or "arm64"
        ? Arch
        : throw ExportArguments.Wrong("--arch", Arch, "an architecture" + NearestName.Hint(Arch, ["amd64", "arm64"]), "use amd64 or arm64");

    /// <summary>A name that every engine accepts; the engine limits its length.</summary>
    private string? ReadName() => Name is null || (char.IsAsciiLetterLower(Name[0]) && JobId.TryParse(Name, out _) && Name[^1] != '-')
        ? Name
        : throw ExportArguments.Wrong("--name", Name, "a name that every engine takes",
            "give at most 63 of a-z, 0-9 and -, beginning with a letter and not ending with -");

    private string? ReadImage()
    {
        if (Image is null) return null;
        foreach (char c in Image)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or '/' or ':' or '@')) throw Wrong();
        return char.IsAsciiLetterOrDigit(Image[0]) && Image.Length <= MostText ? Image : throw Wrong();

        HeliosException Wrong() => ExportArguments.Wrong("--image", Image, "a container image", "give [registry/]name[:tag] or …@sha256:…");
    }

    /// <summary>Sizes are multiples of 1024, like memory.</summary>
    private int ReadMemory()
    {
        if (Memory is null) return AdapterOptions.DefaultMemoryMiB;
        string text = Memory.ToUpperInvariant();
        if (text.EndsWith('B')) text = text[..^1];
        if (text.EndsWith('I')) text = text[..^1];
        long unit = text.Length == 0 ? 0 : text[^1] switch { 'M' => 1, 'G' => 1024, 'T' => 1024 * 1024, _ => 0 };
        if (unit > 0 && DecimalText.TryParse(text.AsSpan(0, text.Length - 1), maxPlaces: 3, out long digits, out int places))
        {
            long mebibytes = digits * unit / DecimalText.PowerOfTen(places);
            if (mebibytes is >= 64 and <= MostMemoryMiB) return (int)mebibytes;
        }

        throw ExportArguments.Wrong("--memory", Memory, "an amount of memory", "give 64M to 16T, such as 512M or 8G");
    }

    /// <summary>Seconds from <c>1h30m</c> and the like, each unit at most once and in order.</summary>
    private static int? ReadTime(string option, string? text)
    {
        if (text is null) return null;
        long seconds = 0;
        string units = "dhms";
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            int end = rest.IndexOfAnyExceptInRange('0', '9');
            int unit = end < 1 ? -1 : units.IndexOf(rest[end], StringComparison.Ordinal);
            if (unit < 0 || !DecimalText.TryParseDigits(rest[..end], out long number) || number > LongestTime) throw Wrong();
            seconds += number * units[unit] switch { 'd' => 86_400, 'h' => 3600, 'm' => 60, _ => 1 };
            units = units[(unit + 1)..];
            rest = rest[(end + 1)..];
        }

        return seconds is > 0 and <= LongestTime ? (int)seconds : throw Wrong();

        HeliosException Wrong() =>
            ExportArguments.Wrong(option, text, "a time", "give 1s to 30d, such as 90s, 45m, 2h or 1h30m");
    }

    private static string? ReadDirectory(string option, string? text)
    {
        if (ReadText(option, text) is not string path) return null;
        if (path[0] != '/' || path.TrimEnd('/').Length == 0)
            throw ExportArguments.Wrong(option, path, "a directory for a volume", "give an absolute path such as /data");
        return path.TrimEnd('/');
    }

    /// <summary>Text without blanks and quotes, which have a meaning in engines' languages.</summary>
    private static string? ReadWord(
        string option, string? text) => ReadText(option, text) is string word && word.AsSpan().ContainsAny(s_notInWords)
            ? throw ExportArguments.Wrong(option, word, "a name", "give one word without quotes")
            : text;

    private static string? ReadText(string option, string? text)
    {
        if (text is null) return null;
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                throw new HeliosException(ExitCode.Usage,
                    string.Create(CultureInfo.InvariantCulture, $"there is a control character in \"{text}\""), option, "leave it out");
            }
        }

        return text.Length <= MostText
            ? text
            : throw ExportArguments.Wrong(option, ErrorText.Shorten(text, 60), $"a text of at most {MostText} characters", "shorten it");
    }
}
