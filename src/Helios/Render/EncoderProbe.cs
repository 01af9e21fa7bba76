using System;
using Helios.Os;

namespace Helios.Render;

/// <summary>
/// Asks ffmpeg for its version and for what it knows of a codec. Takes 70 ms and more, so it is started early; a codec
/// that is missing shows before the frames in front of the chunk are gone through, which may take minutes.
/// </summary>
internal sealed class EncoderProbe : IDisposable
{
    private const int Timeout = 10_000;
    private const int LongestList = 16 * 1024; // bytes of the names of pixel formats

    private readonly string _path;
    private readonly string _encoder;
    private readonly ChildProcess _process;
    private readonly TailReader _facts;
    private readonly TailReader _banner;
    private volatile string _version = "unknown";
    private volatile string? _formats; // with a blank before and after each; null: not said
    private volatile bool _hasEncoder;
    private int? _exitCode;
    private bool _isOver;

    /// <param name="path">ffmpeg.</param>
    /// <param name="encoder">Name of the codec there.</param>
    internal EncoderProbe(string path, string encoder)
    {
        _path = path;
        _encoder = encoder;
        _process = ChildProcess.Start(path, ["-h", "encoder=" + encoder], [new(1, IsOutput: true), new(2, IsOutput: true)]);
        _facts = new TailReader(_process.Pipe(0), OnFact, longestLine: LongestList);
        _banner = new TailReader(_process.Pipe(1), OnBanner);
    }

    /// <summary><c>5.1.9</c>; <c>unknown</c> when it does not say.</summary>
    internal string ReadVersion()
    {
        _ = Wait();
        return _version;
    }

    /// <summary>Throws when the codec is missing. An ffmpeg that gives no answer is tried all the same.</summary>
    /// <param name="pixelFormat">What it shall encode; any when null.</param>
    /// <exception cref="HeliosException">69: no such codec there, or not with these pixels.</exception>
    internal void Check(string? pixelFormat = null)
    {
        if (Wait() is not (>= 0 and < 128)) return;
        const string Fix = "install an ffmpeg that has it, version 5.1 or later, or plan the job with another codec or pixel format";
        if (!_hasEncoder) throw new HeliosException(ExitCode.Unavailable, $"the encoder has no codec {_encoder}", _path, Fix);
        if (pixelFormat is null || _formats?.Contains($" {pixelFormat} ", StringComparison.Ordinal) != false) return;
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

    /// <summary>Its exit code; null when it gave no answer. Asked once: a probe that has answered holds no process and no pipe.</summary>
    private int? Wait()
    {
        if (_isOver) return _exitCode;
        _exitCode = _process.Wait(Timeout);
        _facts.Join(1000);
        _banner.Join(1000);
        Dispose();
        return _exitCode;
    }

    private void OnFact(string line)
    {
        const string Formats = "Supported pixel formats:";
        if (line.StartsWith($"Encoder {_encoder} ", StringComparison.Ordinal)) _hasEncoder = true;
        else if (line.TrimStart().StartsWith(Formats, StringComparison.Ordinal)) _formats = line.TrimStart()[Formats.Length..] + " ";
    }

    private void OnBanner(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 2 && words[0] == "ffmpeg" && words[1] == "version") _version = words[2];
    }
}
