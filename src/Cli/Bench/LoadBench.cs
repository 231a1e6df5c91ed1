using System.Diagnostics;
using System.Globalization;
using PairUni.Contracts;
using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using TorchSharp;

namespace PairUni.Cli.Bench;

/// <summary>Loads a model again and again, using every page of its weights, and reads the same files with cat in turn.</summary>
internal static class LoadBench
{
    private const int Page = 4096;

    public static async Task<LoadBenchResult> Run(string folder, torch.ScalarType dtype, int rounds, TimeProvider time, string command)
    {
        string[] files;
        long bytes;
        using (var weights = CheckpointFolder.Open(folder))
            (files, bytes) = ([.. weights.Files.Select(file => file.Path)], weights.Files.Sum(file => file.Length));
        var ready = new List<double>();
        var peak = 0L;
        Task<double> Load()
        {
            var start = time.GetTimestamp();
            using var policy = JanusPolicy.Load(folder, dtype: dtype);
            ready.Add(time.GetElapsedTime(start).TotalSeconds);
            Parallel.ForEach(policy.Weights(), weight => Use(weight.Tensor));
            peak = peak == 0 ? PeakMemory.Bytes() : peak; // later rounds find memory that earlier ones freed
            return Task.FromResult(time.GetElapsedTime(start).TotalSeconds);
        }

        // The first round of each brings the files into the page cache and the code into being.
        var (load, cat) = await Interleaved.Run(rounds, 1, Load, () => Cat(files, time));
        return new LoadBenchResult
        {
            Work = string.Create(CultureInfo.InvariantCulture, $"loading {folder} as {dtype.ToString().ToLowerInvariant()}: {files.Length} weight file{(files.Length == 1 ? "" : "s")} of {bytes / 1e9:0.00} GB"),
            Bytes = bytes,
            LoadSeconds = load,
            ReadySeconds = Interleaved.Median(ready.Skip(1)),
            CatSeconds = cat!.Value,
            PeakBytes = peak,
            Rounds = rounds,
            Command = command,
        };
    }

    // One byte of every page: pages that are shared with the file come into the process only when used.
    private static byte Use(torch.Tensor weight)
    {
        using var guard = torch.no_grad();
        using var flat = weight.view(-1);
        var most = (1 << 30) / weight.element_size();
        byte sum = 0;
        for (var start = 0L; start < flat.numel(); start += most)
        {
            using var piece = flat.narrow(0, start, Math.Min(most, flat.numel() - start));
            var bytes = piece.bytes;
            for (var at = 0; at < bytes.Length; at += Page)
                sum ^= bytes[at];
        }

        return sum;
    }

    private static async Task<double> Cat(string[] files, TimeProvider time)
    {
        var start = time.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec cat \"$@\" > /dev/null", "sh", .. files]))
            ?? throw new UserErrorException("/bin/sh could not be started for the plain read; bench load needs it");
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? time.GetElapsedTime(start).TotalSeconds : throw new UserErrorException($"cat could not read {files[0]}; check the file's permissions");
    }
}
