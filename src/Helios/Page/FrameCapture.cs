using System;
using Helios.Ffmpeg;
using Helios.Jobs;

namespace Helios.Page;

/// <summary>Makes the capture method that a job asks for; rooms above know which methods exist.</summary>
/// <param name="options">The job's options.</param>
/// <param name="driver">The page.</param>
/// <param name="profile">Directory of the browser's profile.</param>
internal delegate FrameCapture MakeCapture(RenderOptions options, PageDriver driver, string profile);

/// <summary>A method to read the pixels of a frame. The method determines the pixels, so the job spec names it.</summary>
internal abstract class FrameCapture : IDisposable
{
    /// <summary>Whether each frame is rastered completely, so that earlier ones need not have been displayed.</summary>
    internal abstract bool IsFreeOfHistory { get; }

    /// <summary>The encoder's input format; valid after <see cref="Open"/>.</summary>
    internal abstract FrameFormat Format { get; }

    /// <summary>The document that the browser opens: the composition, or a host document around it.</summary>
    /// <param name="composition">URL of the composition.</param>
    internal virtual string DocumentOf(string composition) => composition;

    /// <summary>Called when the page is loaded and its clock is still at 0.</summary>
    internal abstract void Open();

    /// <summary>Advances through frame 0 of a page whose chunk begins later.</summary>
    internal abstract void Begin();

    /// <summary>Whether the first picture took more than one drawing, so that what begins with it may have begun late.</summary>
    internal virtual bool WasLate => false;

    /// <summary>Advances through a frame without capturing it.</summary>
    internal abstract void Pass(bool isDisplayed);

    /// <summary>Whether it can detect cheaply that a frame has changed, but then cannot capture that frame.</summary>
    internal virtual bool CanLook => false;

    /// <summary>Displays a frame; returns whether it has changed. The frame after a captured one always counts as changed.</summary>
    internal virtual bool Look() => throw new NotSupportedException();

    /// <summary>Captures the frame that is due; null when it equals the previous one.</summary>
    /// <param name="whileWaiting">Called while it waits for the encoder; throws when the encoder has failed.</param>
    internal abstract CapturedFrame? Take(Action? whileWaiting);

    /// <summary>Waits until the encoder has all frames that are still being drawn.</summary>
    /// <param name="whileWaiting">As of <see cref="Take"/>.</param>
    internal virtual void Finish(Action? whileWaiting = null)
    {
    }

    public virtual void Dispose()
    {
    }
}
