using System;
using System.Collections.Generic;
using Helios.Jobs;

namespace Helios.Render;

/// <summary>
/// Pictures that the compositor takes and encodes: works for every page. A frame that stands still is captured like any
/// other: to ask first whether something changed would draw it twice, and the second time may be another to the page.
/// </summary>
internal sealed class ScreenshotCapture(RenderOptions options, FrameStage stage) : FrameCapture
{
    private const int RepetitionPause = 20; // ms; the graphics process may not have begun yet

    private readonly string _format = EncoderArgs.NeedsExactPictures(options) ? "png" : "jpeg";
    private readonly Stack<EncodedPicture> _pool = new();
    private bool _hasPicture;
    private string? _crop;

    internal override bool IsFreeOfHistory => false;

    internal override PictureFormat Format => new(_format == "png" ? "png" : "mjpeg", Crop: _crop);

    internal override void Open()
    {
        if (options.Mode == "canvas") _crop = stage.Evaluate($"__helios_driver.canvasBox({PageScripts.Quote(options.Selector ?? "canvas")})");
    }

    /// <summary>Its picture is taken even if it is not wanted: animations start with it, and one frame late without.</summary>
    internal override void Begin() => TakePicture().Return();

    internal override void Pass(bool isDisplayed) => _ = stage.Draw(isDisplayed ? FrameWay.Displayed : FrameWay.Undisplayed);

    internal override Picture? Take() => TakePicture();

    /// <summary>Only the first picture may take several tries; later the graphics process has died, and the page has lost frames.</summary>
    private EncodedPicture TakePicture()
    {
        EncodedPicture picture = EncodedPicture.Rent(_pool);
        for (int repetition = 0; repetition <= (_hasPicture ? 0 : VirtualClock.MaxRepetitions); repetition++)
        {
            if (picture.TryDecode(stage.Draw(FrameWay.Picture, _format, repetition)))
            {
                _hasPicture = true;
                return picture;
            }

            _ = stage.Session.Pump(static () => false, Math.Min(repetition, RepetitionPause));
        }

        throw new HeliosException(ExitCode.Temporary, "the browser gives no picture", stage.Session.Where, "run it again; if it stays, check helios doctor");
    }
}
