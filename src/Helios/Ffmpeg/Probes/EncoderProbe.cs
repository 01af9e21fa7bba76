using System;
using System.Globalization;
using Helios.Errors;

namespace Helios.Ffmpeg.Probes;

/// <summary>
/// Asks ffmpeg for its version and for its support of a codec. Takes 70 ms and more, so it is started early; a missing codec is
/// then reported before the pre-roll, which may take minutes.
/// </summary>
internal sealed class EncoderProbe : IDisposable
{
    private const int LongestList = 16 * 1024; // bytes of the names of pixel formats
    private const string OtherFix =
        "install an ffmpeg that has it, version 5.1 or later, or plan the job with another codec or pixel format";

    private readonly string _path;
    private readonly string _encoder;
    private readonly FfmpegProcess _ffmpeg;
    private volatile string? _version;
    private volatile string? _formats; // with a blank before and after each; null: not reported
    private volatile bool _hasEncoder;
    private FfmpegEnd? _end;

    /// <param name="program">ffmpeg.</param>
    /// <param name="encoder">Name of the codec there.</param>
    internal EncoderProbe(FfmpegProgram program, string encoder)
    {
        _path = program.Path;
        _encoder = encoder;
        _ffmpeg = new FfmpegProcess(program, new FfmpegCommand
        {
            Arguments = ["-h", "encoder=" + encoder],
            Name = "the encoder",
            Doing = () => "when asked for its codec " + encoder,
            Idle = "said nothing of its codec " + encoder,
            OnOutput = OnFact,
            OnError = OnBanner,
            LongestLine = LongestList,
            TailLines = 1, // the lines before the last are only the banner
        });
    }

    /// <summary><c>5.1.9</c>, after a successful <see cref="Check"/>.</summary>
    internal string Version => _version ?? throw new InvalidOperationException("it was not checked");

    /// <summary>Throws when the codec is missing, or when ffmpeg does not clearly report it.</summary>
    /// <param name="pixelFormat">Pixel format to encode; null for any.</param>
    /// <exception cref="HeliosException">
    /// 69: the codec or its pixel format is missing; 74, 75: no answer; 130, 143: interrupted.
    /// </exception>
    internal void Check(string? pixelFormat = null)
    {
        FfmpegEnd end = _end ??= _ffmpeg.WaitForAnswer();
        _ffmpeg.Dispose(); // so it holds no process and no pipe while frames are captured
        if (end.Code != 0)
        {
            string code = end.Code.ToString(CultureInfo.InvariantCulture);
            throw Lacking($"the encoder ended with exit code {code} when asked for its codec {_encoder}: {end.Said}", EncoderFinder.Fix);
        }

        if (!_hasEncoder) throw Lacking($"the encoder has no codec {_encoder}", OtherFix);
        if (_version is null) throw Lacking("the encoder does not say which version of ffmpeg it is", EncoderFinder.Fix);
        if (pixelFormat is null || _formats?.Contains($" {pixelFormat} ", StringComparison.Ordinal) == true) return;
        throw Lacking($"the encoder's codec {_encoder} does not take the pixel format {pixelFormat}", OtherFix);
    }

    public void Dispose() => _ffmpeg.Dispose();

    private HeliosException Lacking(string what, string fix) => new(ExitCode.Unavailable, what, _path, fix);

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
