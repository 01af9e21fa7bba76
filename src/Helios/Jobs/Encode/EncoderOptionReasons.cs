using System;

namespace Helios.Jobs.Encode;

/// <summary>Why well-known options of encoders and of ffmpeg are not passed on. What stands nowhere is not passed on either.</summary>
internal static class EncoderOptionReasons
{
    private const string Files =
        " stats qpfile cqmfile cqm passlogfile pass zonefile zones dump-yuv dump recon recon-depth csv csv-log-level log-file "
        + "log x264-params x265-params svtav1-params x264opts analysis-save analysis-load analysis-reuse-file lambda-file "
        + "scaling-list dhdr10-info dolby-vision-rpu nalu-file film-grain-table fgs-table attach filter_script vstats_file ";

    private const string KeyFrames =
        " keyint min-keyint keyint_min keyint-min g open-gop open_gop intra-refresh force_key_frames forced-idr forced_idr "
        + "refresh idr-recovery-sei radl gop-lookahead scenecut-bias flags flags2 irefresh-type ";

    private const string Frames =
        " fps timebase frames f i o n r t to ss force-cfr vfr-input pulldown seek input input-res frame-skip drop-threshold "
        + "frame-dup interlaced tff bff field-encode temporal-layers fps_mode vsync vf filter filter:v filter_complex map c "
        + "c:v bsf bsf:v metadata y ";

    private const string Machine =
        " threads frame-threads slices sliced-threads lookahead-threads sync-lookahead pools numa-pools wpp pme pmode asm "
        + "row-mt lp pin non-deterministic deterministic opencl const-vbv copy-pic thread_type ";

    private const string Options =
        " crf qp bitrate b b:v quality preset speed cpu-used deadline vbv-maxrate vbv-bufsize vbv-init maxrate minrate "
        + "bufsize nal-hrd hrd strict-cbr lossless level-idc pix_fmt output-depth cq rc tbr ";

    private const string Colours =
        " colormatrix colorprim colorspace color_primaries color_trc color_range transfer range fullrange videoformat sar "
        + "aspect input-csp output-csp chromaloc max-cll master-display ";

    /// <summary>Completes "it is not passed on: …"; null for an option that may be known.</summary>
    internal static string? Find(string key)
    {
        if (key.StartsWith('-')) return "options of an encoder have no dash, and ffmpeg's own are helios' alone";
        string name = $" {key.Replace("no-", "", StringComparison.Ordinal)} ";
        bool Is(string list) => list.Contains(name, StringComparison.OrdinalIgnoreCase);
        return Is(Files) ? "it reads or writes a file, or holds other options"
            : Is(KeyFrames) ? "chunks begin with a closed group of frames, and join exactly because helios alone places key frames"
            : Is(Frames) ? "frames, their number and their times are helios' alone"
            : Is(Machine) ? "the same job must give the same bytes on every machine"
            : Is(Options) ? "there are --quality, --bitrate, --max-bitrate, --buffer-size, --preset and --pixel-format for it"
            : Is(Colours) ? "helios converts colours and tags them"
            : null;
    }
}
