using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Helios.Tests.Support;
using Helios.Transfer;
using Helios.Transfer.Programs;

namespace Helios.Tests.Transfer;

/// <summary>The command lines of the programs, as lists: a blank or a quote in a name stays in its word.</summary>
internal sealed class TransferProgramTests
{
    private static readonly TreePart s_project = new("/w/names");
    private static readonly TreePart s_receipts = new("/w/names", "out/temp_j_part_", ".json");
    private static readonly TreePart s_chunks = new("/w/names", "out/temp_j_part_");

    public static IEnumerable<Func<(TransferProgram, string, string[])>> Programs()
    {
        yield return () =>
            (
                new AwsCli("aws"),
                "s3://spots/q 3/",
                [
                    "s3 cp --only-show-errors|s3://spots/q 3/a.png|/w/a.png", "s3 cp --only-show-errors|/w/a.png|s3://spots/q 3/a.png",
                    "s3 ls --recursive|s3://spots/q 3/",
                    "s3 cp --only-show-errors|s3://spots/q 3/|/w/p|--recursive --exclude temp_*_part_* --exclude */temp_*_part_*",
                    "s3 cp --only-show-errors|s3://spots/q 3/|/w/p|--recursive --exclude * --include out/temp_j_part_*.json",
                    "s3 cp --only-show-errors|/w/p|s3://spots/q 3/|--recursive --follow-symlinks",
                    "s3 rm --only-show-errors|s3://spots/q 3/|--recursive --exclude * --include out/temp_j_part_*",
                ]);
        yield return () =>
            (
                new GcloudCli("gcloud"),
                "gs://spots/q 3/",
                [
                    "storage cp|gs://spots/q 3/a.png|/w/a.png", "storage cp|/w/a.png|gs://spots/q 3/a.png",
                    "storage ls --long|gs://spots/q 3/**",
                    "storage rsync --recursive --exclude=(^¦.*/)temp_[^/]*_part_[^/]*$|gs://spots/q 3/|/w/p",
                    "storage cp|gs://spots/q 3/out/temp_j_part_*.json|/w/p/out/",
                    "storage rsync --recursive --checksums-only --no-ignore-symlinks|/w/p|gs://spots/q 3/",
                    "storage rm|gs://spots/q 3/out/temp_j_part_*",
                ]);
        yield return () =>
            (
                new AzCopy("azcopy"),
                "az://acc/spots/q 3/",
                [
                    "copy https://acc.blob.core.windows.net/spots/q%203/a.png /w/a.png",
                    "copy /w/a.png https://acc.blob.core.windows.net/spots/q%203/a.png",
                    "list https://acc.blob.core.windows.net/spots/q%203/ --machine-readable",
                    "copy https://acc.blob.core.windows.net/spots/q%203/* /w/p --recursive --exclude-pattern temp_*_part_*",
                    "copy https://acc.blob.core.windows.net/spots/q%203/* /w/p --recursive --include-pattern temp_j_part_*.json",
                    "copy /w/p/* https://acc.blob.core.windows.net/spots/q%203/ --recursive --follow-symlinks",
                    "remove https://acc.blob.core.windows.net/spots/q%203/out/ --recursive --include-pattern temp_j_part_*",
                ]);
        yield return () =>
            (
                new AzureCli("az"),
                "az://acc/spots/q 3/",
                [
                    "storage blob download --account-name acc --container-name spots --name|q 3/a.png|--file /w/a.png --no-progress --only-show-errors --output none",
                    "storage blob upload --account-name acc --container-name spots --name|q 3/a.png|--file /w/a.png --overwrite true --no-progress --only-show-errors --output none",
                    "storage blob list --account-name acc --container-name spots --prefix|q 3/|--num-results * --query|[].[properties.contentLength, name]|--output tsv --only-show-errors",
                    "storage blob download-batch --account-name acc --source spots --destination /w/p --pattern|q 3/*|--no-progress --only-show-errors --output none",
                    "storage blob download-batch --account-name acc --source spots --destination /w/p --pattern|q 3/out/temp_j_part_*.json|--no-progress --only-show-errors --output none",
                    "",
                    "storage blob delete-batch --account-name acc --source spots --pattern|q 3/out/temp_j_part_*|--only-show-errors --output none",
                ]);
        yield return () =>
            (
                new Rclone("rclone"),
                "rclone:far:spots/q 3/",
                [
                    "copyto|far:spots/q 3/a.png|/w/a.png", "copyto --ignore-times /w/a.png|far:spots/q 3/a.png",
                    "lsf --recursive --files-only --format sp --separator|\t|far:spots/q 3/",
                    "copy --files-from-raw /w/names|far:spots/q 3/|/w/p", "copy --files-from-raw /w/names|far:spots/q 3/|/w/p",
                    "copy --ignore-times --copy-links --files-from-raw /w/names /w/p|far:spots/q 3/",
                    "delete --files-from-raw /w/names|far:spots/q 3/",
                ]);
        yield return () =>
            (
                new OwnProgram("/opt/mine"),
                "cp:/srv/q 3/",
                [
                    "get|cp:/srv/q 3/a.png|/w/a.png", "put /w/a.png|cp:/srv/q 3/a.png", "list|cp:/srv/q 3/|/w/list",
                    "get-tree|cp:/srv/q 3/|/w/p /w/names", "get-tree|cp:/srv/q 3/|/w/p /w/names", "", "delete|cp:/srv/q 3/|/w/names",
                ]);
    }

    [Test]
    [MethodDataSource(nameof(Programs))]
    public async Task Command_lines_are_lists(TransferProgram program, string folder, string[] expected)
    {
        StoreUrl url = StoreUrl.ParseFolder(folder);
        IReadOnlyList<string>?[] actual =
        [
            program.Get(url.Child("a.png"), "/w/a.png"), program.Put("/w/a.png", url.Child("a.png")), program.List(url, "/w/list"),
            program.GetTree(url, "/w/p", s_project), program.GetTree(url, "/w/p", s_receipts), program.PutTree("/w/p", url, s_project),
            program.Delete(url, s_chunks),
        ];

        for (int i = 0; i < actual.Length; i++) await Assert.That(actual[i] ?? []).IsEquivalentTo(Words(expected[i]));
    }

    [Test]
    [Arguments("2026-11-29 13:29:27        282 q3/my  page.html", "my  page.html", 282)]
    [Arguments("2026-11-29 13:29:27 12345678901 q3/big.mov", "big.mov", 12345678901)]
    public async Task Lines_of_aws_hold_size_and_key(string line, string name, long size) =>
        await Assert.That(new AwsCli("aws").ParseLine(line, StoreUrl.ParseFolder("s3://bbb/q3"))).IsEqualTo(new StoreObject(name, size));

    [Test]
    public async Task Lines_of_the_others_hold_size_and_name()
    {
        StoreUrl gs = StoreUrl.ParseFolder("gs://spots/q3"),
            az = StoreUrl.ParseFolder("az://acc/spots/q3"),
            far = StoreUrl.ParseFolder("rclone:far:q3");

        await Assert
            .That(new GcloudCli("g").ParseLine("       282  2026-01-31T12:00:00Z  gs://spots/q3/a b.html", gs))
            .IsEqualTo(new StoreObject("a b.html", 282));
        await Assert.That(new GcloudCli("g").ParseLine("TOTAL: 1 objects, 282 bytes (282B)", gs)).IsNull();
        await Assert
            .That(new AzCopy("a").ParseLine("INFO: a b.html;  Content Length: 282", az))
            .IsEqualTo(new StoreObject("a b.html", 282));
        await Assert.That(new AzCopy("a").ParseLine("a; b.html; Content Length: 282", az)).IsEqualTo(new StoreObject("a; b.html", 282));
        await Assert.That(new AzCopy("a").ParseLine("INFO: azcopy: A newer version 10.27 is available", az)).IsNull();
        await Assert.That(new AzureCli("a").ParseLine("282\tq3/a b.html", az)).IsEqualTo(new StoreObject("a b.html", 282));
        await Assert.That(new Rclone("r").ParseLine("282\ta b.html", far)).IsEqualTo(new StoreObject("a b.html", 282));
        await Assert.That(new OwnProgram("o").ParseLine("282 a b.html", far)).IsEqualTo(new StoreObject("a b.html", 282));
        await Assert.That(new AwsCli("aws").ParseLine("2026-11-29 13:29:27          0 q3/", StoreUrl.ParseFolder("s3://bbb/q3"))).IsNull();
    }

    [Test]
    [Arguments("<html>502 Bad Gateway</html>")]
    [Arguments("2026-11-29 13:29:27 282")]
    [Arguments("2026-11-29 13:29:27        282 other/page.html")]
    public async Task A_line_of_no_list_is_noticed(string line) =>
        await Assert.That(() => new AwsCli("aws").ParseLine(line, StoreUrl.ParseFolder("s3://bbb/q3"))).Throws<FormatException>();

    /// <summary>Words that hold blanks stand between bars; ¦ is a bar.</summary>
    private static IEnumerable<string> Words(string line)
    {
        string[] parts = line.Split('|');
        foreach (string part in parts)
        {
            bool isWord = part == "\t" || part.Contains("q 3", StringComparison.Ordinal) || part.StartsWith("[]", StringComparison.Ordinal);
            foreach (string word in isWord ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return word.Replace('¦', '|');
        }
    }
}
