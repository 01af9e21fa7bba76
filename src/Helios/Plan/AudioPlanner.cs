using System;
using System.IO;
using Helios.Errors;
using Helios.Jobs;
using Helios.Jobs.Audio;
using Helios.Text;

namespace Helios.Plan;

/// <summary>Resolves the audio files that the user typed and pins their bytes, like those of the composition.</summary>
internal static class AudioPlanner
{
    /// <param name="request">The request.</param>
    /// <param name="currentDirectory">Absolute.</param>
    /// <param name="jobDirectory">Absolute; base of relative paths in a portable job.</param>
    /// <param name="open">Opens a file by its absolute path and its name for messages.</param>
    /// <exception cref="HeliosException">64: outside of a portable job's directory; 66: no such file.</exception>
    internal static AudioTrack[] Plan(JobRequest request, string currentDirectory, string jobDirectory, Func<string, string, Stream> open)
    {
        if (request.Audio.Count == 0) return [];
        var tracks = new AudioTrack[request.Audio.Count];
        for (int i = 0; i < tracks.Length; i++)
        {
            AudioTrack typed = request.Audio[i];
            string full = Path.GetFullPath(typed.File, currentDirectory);
            string path = request.ToSpecPath(full, jobDirectory,
                $"audio files stay below the job file's directory, but \"{typed.File}\" is not", "--audio");
            if (JobPaths.CheckFile(path) is string what)
            {
                throw new HeliosException(
                    ExitCode.Usage, $"\"{typed.File}\" is not an audio file: {what}", "--audio", "give a path such as music.wav");
            }

            tracks[i] = typed with { File = path, Digest = Hash(full, typed.File, open) };
        }

        return tracks;
    }

    private static string Hash(string full, string typed, Func<string, string, Stream> open)
    {
        try
        {
            using Stream file = open(full, typed);
            return "sha256:" + Sha256.HashStream(file);
        }
        catch (IOException error)
        {
            throw new HeliosException(ExitCode.NoInput, "the audio file cannot be read: " + ErrorText.Reason(error), typed,
                "check the disk, then run it again", error);
        }
    }
}
