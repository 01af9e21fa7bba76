using System.Collections.Generic;
using System.IO;
using Helios.Jobs;
using Helios.Os;

namespace Helios.Merge;

/// <summary>Finds what is heard in a job: the sound files of its spec, which must be those that were planned.</summary>
internal sealed class AudioSources(JobSpec spec, MergeSettings settings)
{
    private readonly SoundProbe _probe = new(settings.EncoderPath);

    /// <summary>The mix; null when there is nothing to hear.</summary>
    /// <exception cref="HeliosException">65: a file has changed or holds no sound; 66: it is missing.</exception>
    internal AudioMix? Find()
    {
        if (spec.RenderOptions.AudioCodec == "none") return null;
        var clips = new List<AudioClip>();
        foreach (AudioTrack track in spec.RenderOptions.Audio) clips.Add(Find(track));
        return clips.Count == 0 ? null : new AudioMix(spec.RenderOptions, spec.TotalFrames, clips);
    }

    private AudioClip Find(AudioTrack track)
    {
        string path = JobPaths.Resolve(track.File, settings.Directory);
        using (FileStream file = InputFile.OpenRegular(path, track.File))
        {
            if (!settings.AllowsChanged && "sha256:" + Sha256.HashStream(file, settings.Interrupts.ThrowIfRequested) != track.Digest)
            {
                throw new HeliosException(ExitCode.Invalid, "the sound file changed since the job was planned", track.File,
                    "plan the job again, which keeps the chunks, or take what is there with --allow-changed");
            }
        }

        SoundFacts sound = _probe.Find(path)
            ?? throw new HeliosException(ExitCode.Invalid, "ffmpeg finds no sound in the file", track.File, "give a wav, flac, mp3, m4a, ogg, opus, webm or mp4 file that has some");
        return new AudioClip
        {
            Path = path, Sound = sound, Start = track.Start, TrimStart = track.TrimStart, TrimEnd = track.TrimEnd,
            IsLooping = track.Loop, Volume = track.Volume, FadeIn = track.FadeIn, FadeOut = track.FadeOut,
        };
    }
}
