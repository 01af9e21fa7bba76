using System;
using System.Diagnostics;
using System.Globalization;
using Helios.Errors;
using Helios.Os;
using Helios.Os.Processes;

namespace Helios.Ffmpeg;

/// <summary>
/// Asks ffmpeg for its version and for what it knows of a codec. Takes 70 ms and more, so it is started early; a codec
/// that is missing shows before the frames in front of the chunk are gone through, which may take minutes.
/// </summary>
internal sealed class EncoderProbe : IDisposable
{
    private const int Timeout = 120_000; // a program of 80 MB may come from a slow disk
    private const int ReadTimeout = 10_000; // ms in which its last words are read after its end, on a busy machine
    private const int Slice = 100;
    private const int LongestList = 16 * 1024; // bytes of the names of pixel formats

    private readonly string _path;
    private readonly string _encoder;
    private readonly ChildProcess _process;
    private readonly TailReader _facts;
    private readonly TailReader _banner;
    private readonly Interrupts _interrupts;
    private readonly long _start = Stopwatch.GetTimestamp();
    private volatile string? _version;
    private volatile string _said = "";
    private volatile string? _formats; // with a blank before and after each; null: not said
    private volatile bool _hasEncoder;
    private int? _exitCode;
    private bool _isOver;

    /// <param name="path">ffmpeg.</param>
    /// <param name="encoder">Name of the codec there.</param>
    /// <param name="interrupts">Whether to go on.</param>
    internal EncoderProbe(string path, string encoder, Interrupts interrupts)
    {
        _interrupts = interrupts;
        _path = path;
        _encoder = encoder;
        _process = ChildProcess.Start(path, ["-h", "encoder=" + encoder], [new(1, IsOutput: true), new(2, IsOutput: true)]);
        _facts = new TailReader(_process.Pipe(0), OnFact, longestLine: LongestList);
        _banner = new TailReader(_process.Pipe(1), OnBanner);
    }

    /// <summary><c>5.1.9</c>, once <see cref="Check"/> is content.</summary>
    internal string Version => _version ?? throw new InvalidOperationException("it was not checked");

    /// <summary>Throws when the codec is missing, or when ffmpeg does not clearly say that it is there.</summary>
    /// <param name="pixelFormat">What it shall encode; any when null.</param>
    /// <exception cref="HeliosException">69: no such codec there, or not with these pixels; 75: no answer; 130, 143: interrupted.</exception>
    internal void Check(string? pixelFormat = null)
    {
        int code = Wait();
        const string Fix = "install an ffmpeg that has it, version 5.1 or later, or plan the job with another codec or pixel format";
        if (code != 0)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"the encoder ended with exit code {code} when asked for its codec {_encoder}: {_said}");
            throw new HeliosException(ExitCode.Unavailable, what, _path, EncoderFinder.Fix);
        }

        if (!_hasEncoder) throw new HeliosException(ExitCode.Unavailable, $"the encoder has no codec {_encoder}", _path, Fix);
        if (_version is null)
            throw new HeliosException(ExitCode.Unavailable, "the encoder does not say which version of ffmpeg it is", _path, EncoderFinder.Fix);
        if (pixelFormat is null || _formats?.Contains($" {pixelFormat} ", StringComparison.Ordinal) == true) return;
        throw new HeliosException(ExitCode.Unavailable, $"the encoder's codec {_encoder} does not take the pixel format {pixelFormat}", _path, Fix);
    }

    public void Dispose()
    {
        if (_isOver) return;
        _isOver = true;
        _process.Kill();
        _facts.Dispose();
        _banner.Dispose();
        _process.Dispose();
    }

    /// <summary>Waits for the end of its answer. Asked once: a probe that has answered holds no process and no pipe.</summary>
    private int Wait()
    {
        if (_exitCode is int known) return known;
        int? code;
        while ((code = _process.Wait(Slice)) is null)
        {
            _interrupts.ThrowIfRequested();
            if (Stopwatch.GetElapsedTime(_start).TotalMilliseconds > Timeout)
                throw NoAnswer(string.Create(CultureInfo.InvariantCulture, $" within {Timeout / 1000} s"));
        }

        _interrupts.ThrowIfRequested(); // a machine that shuts down signals it, too
        if (FfmpegEnd.IsKilled(code.Value)) throw NoAnswer(string.Create(CultureInfo.InvariantCulture, $": it ended with exit code {code}"));
        if (!_facts.Join(ReadTimeout) || !_banner.Join(ReadTimeout)) throw NoAnswer(": what it says does not come to its end");
        Dispose();
        _exitCode = code;
        return code.Value;
    }

    private HeliosException NoAnswer(string why) =>
        new(ExitCode.Temporary, $"the encoder does not say what it knows of its codec {_encoder}{why}", _path, "run it again");

    private void OnFact(string line)
    {
        const string Formats = "Supported pixel formats:";
        if (line.StartsWith($"Encoder {_encoder} ", StringComparison.Ordinal)) _hasEncoder = true;
        else if (line.TrimStart().StartsWith(Formats, StringComparison.Ordinal)) _formats = line.TrimStart()[Formats.Length..] + " ";
    }

    private void OnBanner(string line)
    {
        _said = line;
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 2 && words[0] == "ffmpeg" && words[1] == "version") _version = words[2];
    }
}
