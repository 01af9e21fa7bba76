using Helios.Jobs.Document;

namespace Helios.Jobs.Audio;

/// <summary>All properties of each audio codec. <see cref="Container"/> lists which container holds which.</summary>
internal sealed class AudioCodec : NamedValue
{
    internal static readonly AudioCodec Aac = new("aac", "aac", "-b:a", "192k");
    internal static readonly AudioCodec Opus = new("opus", "libopus", "-b:a", "160k");
    internal static readonly AudioCodec Flac = new("flac", "flac", "-sample_fmt", "s32", "-bits_per_raw_sample", "24");
    internal static readonly AudioCodec Pcm = new("pcm", "pcm_s24le");

    /// <summary>No audio.</summary>
    internal static readonly AudioCodec None = new("none");

    internal static readonly AudioCodec[] All = [Aac, Opus, Flac, Pcm, None];

    private AudioCodec(string name, params string[] encoder) : base(name) => Encoder = encoder;

    /// <summary>ffmpeg's name of the encoder, and its options.</summary>
    internal string[] Encoder { get; }

    internal static AudioCodec? Find(string name) => IndexOf(All, name) is int index and >= 0 ? All[index] : null;
}
