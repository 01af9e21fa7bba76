using System;
using System.Collections.Generic;
using Helios.Jobs;

namespace Helios.Render;

/// <summary>
/// Pictures that the compositor takes and encodes: works for every page. Asking for one always draws it, so a page that
/// stands still is noticed by two equal pictures, and after that by plain frames, which say truthfully that nothing
/// changed.
/// </summary>
internal sealed class ScreenshotCapture(RenderOptions options, FrameStage stage) : FrameCapture
{
    private const int MaxRepetitions = 8; // frame 0 came without a picture up to 4 times

    private readonly string _format = EncoderArgs.IsLossless(options) ? "png" : "jpeg";
    private readonly Stack<EncodedPicture> _pool = new();
    private byte[] _last = [];
    private int _lastLength;
    private bool _hasPicture;
    private bool _isStill;
    private string? _crop;

    internal override bool IsFreeOfHistory => false;

    internal override PictureFormat Format => new(_format == "png" ? "png" : "mjpeg", Crop: _crop);

    internal override void Open()
    {
        if (options.Mode == "canvas") _crop = stage.Evaluate($"__helios_driver.canvasBox({PageScripts.Quote(options.Selector ?? "canvas")})");
    }

    /// <summary>Its picture is taken even if it is not wanted: animations start with it, and one frame late without.</summary>
    internal override void Begin() => TakePicture(0).Return();

    internal override void Pass(bool isDisplayed) => _ = stage.Draw(isDisplayed ? FrameWay.Displayed : FrameWay.Undisplayed);

    internal override Picture? Take()
    {
        int drawn = 0;
        if (_isStill)
        {
            ReadOnlySpan<byte> answer = stage.Draw(FrameWay.Displayed);
            if (!JsonFields.IsTrue(answer, "hasDamage"u8)) return null;
            _isStill = false;
            drawn = 1;
        }

        EncodedPicture picture = TakePicture(drawn);
        if (picture.Bytes.SequenceEqual(_last.AsSpan(0, _lastLength)))
        {
            picture.Return();
            _ = stage.Draw(FrameWay.Displayed, repetition: drawn + 1); // what the picture itself has damaged is said once
            _isStill = true;
            return null;
        }

        if (_last.Length < picture.Bytes.Length) _last = new byte[picture.Bytes.Length * 5 / 4];
        picture.Bytes.CopyTo(_last);
        _lastLength = picture.Bytes.Length;
        return picture;
    }

    /// <summary>Only the first picture may take several tries; later the graphics process has died, and the page has lost frames.</summary>
    private EncodedPicture TakePicture(int drawn)
    {
        EncodedPicture picture = EncodedPicture.Rent(_pool);
        int tries = _hasPicture ? 1 : MaxRepetitions;
        _hasPicture = true;
        for (int i = 0; i < tries; i++)
            if (picture.TryDecode(stage.Draw(FrameWay.Picture, _format, drawn + i))) return picture;
        throw new HeliosException(ExitCode.Temporary, "the browser gives no picture", stage.Session.Where, "run it again; if it stays, check helios doctor");
    }
}
