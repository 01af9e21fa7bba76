using System;
using Helios.Ffmpeg;
using Helios.Jobs;

namespace Helios.Page;

/// <summary>Makes the way that a job asks for; rooms above know which there are.</summary>
/// <param name="options">The job's options.</param>
/// <param name="driver">The page.</param>
/// <param name="profile">Directory of the browser's profile.</param>
internal delegate FrameCapture MakeCapture(RenderOptions options, PageDriver driver, string profile);

/// <summary>A way to get at the pixels of a frame. Which one it is decides them, so the job spec says it.</summary>
internal abstract class FrameCapture : IDisposable
{
    /// <summary>Whether frames are rastered anew each time, so that earlier ones need not have been displayed.</summary>
    internal abstract bool IsFreeOfHistory { get; }

    /// <summary>What the encoder will get; valid after <see cref="Open"/>.</summary>
    internal abstract FrameFormat Format { get; }

    /// <summary>The document that the browser opens: the composition, or one of ours around it.</summary>
    /// <param name="composition">URL of the composition.</param>
    internal virtual string DocumentOf(string composition) => composition;

    /// <summary>Called when the page is loaded and its clock still stands at 0.</summary>
    internal abstract void Open();

    /// <summary>Goes through frame 0 of a page whose chunk begins later.</summary>
    internal abstract void Begin();

    /// <summary>Goes through a frame without taking its picture.</summary>
    internal abstract void Pass(bool isDisplayed);

    /// <summary>Whether it can tell cheaply that a frame has changed, but not take its picture then.</summary>
    internal virtual bool CanLook => false;

    /// <summary>Goes through a frame, displayed; whether it has changed. The one after a picture always has.</summary>
    internal virtual bool Look() => throw new NotSupportedException();

    /// <summary>Takes the picture of the frame whose time has come; null when it is that of the frame before.</summary>
    internal abstract CapturedFrame? Take();

    /// <summary>Waits until the encoder has all pictures that are still being drawn.</summary>
    internal virtual void Finish()
    {
    }

    public virtual void Dispose()
    {
    }
}
