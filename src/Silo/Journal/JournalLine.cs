using System.Buffers;
using System.Globalization;
using System.Text.Json;
using PairUni.Contracts;

namespace PairUni.Silo;

/// <summary>A journal entry as one line of JSON: t, kind, run, then whichever of step, pair, task, worker, version, lease, digest, epoch, reason it has.</summary>
public static class JournalLine
{
    public static void Write(IBufferWriter<byte> output, JournalEntry entry, DateTimeOffset time)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("t", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("kind", Word(entry.Kind.ToString()));
            json.WriteString("run", entry.Run);
            if (entry.Key is { } key)
            {
                json.WriteNumber("step", key.Step);
                json.WriteNumber("pair", key.Pair);
                json.WriteString("task", Word(key.Task.ToString()));
            }

            if (entry.Worker is not null) json.WriteString("worker", entry.Worker);
            if (entry.Version is { } version) json.WriteNumber("version", version);
            if (entry.Lease is { } lease) json.WriteNumber("lease", lease);
            if (entry.Digest is not null) json.WriteString("digest", entry.Digest);
            if (entry.Epoch is { } epoch) json.WriteNumber("epoch", epoch);
            if (entry.Reason is not null) json.WriteString("reason", entry.Reason);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not one that <see cref="Write"/> makes.</exception>
    public static JournalEntry Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            var run = json.GetProperty("run").GetString()!;
            return new()
            {
                Kind = Enum.Parse<JournalKind>(json.GetProperty("kind").GetString()!, ignoreCase: true),
                Run = run,
                Key = json.TryGetProperty("step", out var step) ? Key(json, run, step.GetInt32()) : null,
                Worker = json.TryGetProperty("worker", out var worker) ? worker.GetString() : null,
                Version = json.TryGetProperty("version", out var version) ? version.GetInt32() : null,
                Lease = json.TryGetProperty("lease", out var lease) ? lease.GetInt64() : null,
                Digest = json.TryGetProperty("digest", out var digest) ? digest.GetString() : null,
                Epoch = json.TryGetProperty("epoch", out var epoch) ? epoch.GetInt64() : null,
                Reason = json.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"not a journal entry ({fault.Message})", fault);
        }
    }

    private static GroupKey Key(JsonElement json, string run, int step) =>
        new(run, step, json.GetProperty("pair").GetInt32(), Enum.Parse<TaskKind>(json.GetProperty("task").GetString()!, ignoreCase: true));

    private static string Word(string name) => name.ToLowerInvariant();
}
