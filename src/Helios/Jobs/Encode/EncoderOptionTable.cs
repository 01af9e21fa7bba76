namespace Helios.Jobs.Encode;

/// <summary>
/// The options that helios passes on to each encoder, with their values: numbers <c>0..3</c>, with decimals <c>0.0..3.0</c>, one or two
/// of them <c>-6..6,</c>, or words <c>a|b</c>. docs/encode.md has the same lists; a test compares them and tries each with ffmpeg.
/// </summary>
internal static class EncoderOptionTable
{
    internal const string X264 = """
        8x8dct=0|1 aq-mode=0..3 aq-strength=0.0..3.0 b-adapt=0..2 b-bias=-100..100 b-pyramid=none|strict|normal bframes=0..16
        cabac=0|1 chroma-me=0|1 chroma-qp-offset=-12..12 dct-decimate=0|1 deadzone-inter=0..32 deadzone-intra=0..32
        deblock=-6..6, direct=none|spatial|temporal|auto fast-pskip=0|1 ipratio=0.1..10.0
        level=3|3.1|3.2|4|4.1|4.2|5|5.1|5.2|6|6.1|6.2 mbtree=0|1 me=dia|hex|umh|esa|tesa merange=4..64 mixed-refs=0|1
        nr=0..100000 pbratio=0.1..10.0 profile=baseline|main|high|high10|high422|high444 psy=0|1 psy-rd=0.0..10.0,
        qcomp=0.0..1.0 qpmax=0..69 qpmin=0..51 qpstep=1..50 rc-lookahead=0..250 ref=1..16 scenecut=0..400 subme=0..11
        trellis=0..2 tune=film|animation|grain|stillimage|psnr|ssim|fastdecode weightb=0|1 weightp=0..2
        """;

    internal const string X265 = """
        amp=0|1 aq-mode=0..4 aq-strength=0.0..3.0 b-adapt=0..2 b-intra=0|1 b-pyramid=0|1 bframes=0..16 ctu=16|32|64 cutree=0|1
        deblock=-6..6, limit-modes=0|1 limit-refs=0..3 max-merge=1..5 me=dia|hex|umh|star|sea|full merange=4..256
        nr-inter=0..2000 nr-intra=0..2000 profile=main|main10|main444-8|main422-10|main444-10 psy-rd=0.0..5.0 psy-rdoq=0.0..50.0
        qcomp=0.5..1.0 rc-lookahead=1..250 rd=1..6 rdoq-level=0..2 rect=0|1 ref=1..6 sao=0|1 scenecut=0..400
        strong-intra-smoothing=0|1 subme=0..7 tskip=0|1 tu-inter-depth=1..4 tu-intra-depth=1..4
        tune=psnr|ssim|grain|fastdecode|animation weightb=0|1 weightp=0|1
        """;

    internal const string Vpx = """
        aq-mode=0..3 arnr-maxframes=0..15 arnr-strength=0..6 auto-alt-ref=0..6 frame-parallel=0|1 lag-in-frames=0..25
        max-intra-rate=0..10000 noise-sensitivity=0..4 overshoot-pct=0..100 sharpness=0..7 static-thresh=0..10000
        tile-columns=0..6 tile-rows=0..2 tune=psnr|ssim tune-content=default|screen|film undershoot-pct=0..100
        """;

    internal const string SvtAv1 = """
        aq-mode=0..2 enable-cdef=0|1 enable-dlf=0|1 enable-overlays=0|1 enable-qm=0|1 enable-restoration=0|1 enable-tf=0|1
        fast-decode=0|1 film-grain=0..50 film-grain-denoise=0|1 lookahead=0..120 qm-max=0..15 qm-min=0..15 tile-columns=0..3
        tile-rows=0..4 tune=0|1
        """;

    internal const string ProRes = """
        bits_per_mb=0..8192 mbs_per_slice=1|2|4|8 quant_mat=auto|proxy|lt|standard|hq|default vendor=Lavc|apl0
        """;

    internal const string Ffv1 = """
        coder=rice|range_def|range_tab context=0|1
        """;
}
