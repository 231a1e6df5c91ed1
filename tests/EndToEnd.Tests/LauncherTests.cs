using System.Diagnostics;
using System.Runtime.Versioning;
using PairUni.Cli.Tests;

namespace PairUni.EndToEnd.Tests;

/// <summary>./pairuni on a machine that lacks packages, for a user who may not install them.</summary>
[SupportedOSPlatform("linux")]
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("", "", "libtorch-dev libopenblas0-openmp libpng-dev libjpeg62-turbo-dev libwebp-dev")]
    [InlineData("libopenblas0-openmp libpng-dev", "", "libtorch-dev libjpeg62-turbo-dev libwebp-dev")]
    [InlineData("libopenblas0-openmp libpng-dev", "/opt/libtorch", "libjpeg62-turbo-dev libwebp-dev")]
    public async Task WithoutRoot_ItPrintsTheExactCommandForRoot(string installed, string libtorch, string missing)
    {
        File.Copy(Path.Combine(Repository.Root, "pairuni"), Path.Combine(_folder.Path, "pairuni"));
        Program("dpkg-query", $"""for name; do :; done; case " {installed} " in *" $name "*) printf 'install ok installed';; *) exit 1;; esac""");
        Program("apt-get", $"touch '{_folder.Path}/ran'");
        foreach (var folder in new[] { _folder.Path, Path.Combine(_folder.Path, "bin") })
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);

        var (code, error) = await Launch(libtorch);
        error.ShouldBe($"pairuni: these Debian packages are missing: {missing}. Run as root:\n    apt-get update && apt-get install -y --no-install-recommends {missing}\n");
        code.ShouldBe(1);
        File.Exists(Path.Combine(_folder.Path, "ran")).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private void Program(string name, string body)
    {
        var path = _folder.File($"bin/{name}", $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private async Task<(int Code, string Error)> Launch(string libtorch)
    {
        string[] asNobody = Environment.UserName == "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
        string[] line = [.. asNobody, "bash", Path.Combine(_folder.Path, "pairuni"), "--help"];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardError = true, WorkingDirectory = _folder.Path };
        start.Environment["PATH"] = $"{_folder.Path}/bin:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["LIBTORCH"] = libtorch;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, error);
    }
}
