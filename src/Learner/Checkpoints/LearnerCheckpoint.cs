using System.Security.Cryptography;
using System.Text.Json;
using PairUni.Contracts;
using PairUni.Learner.Training;
using PairUni.Modeling;
using PairUni.Modeling.Files;

namespace PairUni.Learner.Checkpoints;

/// <summary>
/// Everything a learner needs to go on as if it had never stopped: the policy as a complete Janus folder, optimizer.safetensors with
/// AdamW's moments, reference.safetensors when a KL term is on, and state.json with the place in the run and every file's hash.
/// </summary>
public sealed class LearnerCheckpoint
{
    private const string StateFile = "state.json";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string ReferenceFile = "reference.safetensors";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private LearnerCheckpoint(string path, LearnerState state)
    {
        Folder = path;
        State = state;
    }

    /// <summary>The checkpoint's folder; itself a Janus folder.</summary>
    public string Folder { get; }

    /// <summary>Where the run stood.</summary>
    public LearnerState State { get; }

    /// <summary>Saves the learner as the checkpoint of <see cref="LearnerState.Step"/>.</summary>
    /// <exception cref="UserErrorException">The disk is full or not writable; earlier checkpoints are untouched.</exception>
    public static string Save(CheckpointFolder folder, PolicyLearner learner, LearnerState state) => folder.Save(state.Step, path =>
    {
        learner.Policy.Save(path);
        SafetensorsWriter.Write(Path.Combine(path, OptimizerFile), learner.Optimizer.Tensors());
        if (learner.Reference is { } reference) SafetensorsWriter.Write(Path.Combine(path, ReferenceFile), reference.Tensors());

        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(path)) hashes[Path.GetFileName(file)] = Hash(file);
        AtomicFile.Write(Path.Combine(path, StateFile), JsonSerializer.SerializeToUtf8Bytes(state with { Sha256 = hashes }, Json));
    });

    /// <summary>Opens a checkpoint and verifies every file by its hash.</summary>
    /// <exception cref="UserErrorException">A file is missing or is not what was saved.</exception>
    public static LearnerCheckpoint Open(string path)
    {
        var stateFile = Path.Combine(path, StateFile);
        LearnerState? state;
        try
        {
            state = JsonSerializer.Deserialize<LearnerState>(File.ReadAllBytes(stateFile), Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Damaged(stateFile, $"cannot be read ({e.Message.Split('\n')[0].TrimEnd('.')})", e);
        }

        if (state is null) throw Damaged(stateFile, "is empty", null);
        foreach (var (name, expected) in state.Sha256)
        {
            var file = Path.Combine(path, name);
            if (!File.Exists(file)) throw Damaged(file, "is missing", null);
            if (Hash(file) != expected) throw Damaged(file, "does not have the SHA-256 that state.json records", null);
        }

        return new(path, state);
    }

    /// <summary>Puts weights, optimiser, reference and version back into a learner built with the same model and settings.</summary>
    /// <exception cref="UserErrorException">The checkpoint is of another model or of other trained modules.</exception>
    public void Restore(PolicyLearner learner)
    {
        try
        {
            using (var weights = SafetensorsFile.Open(Path.Combine(Folder, "model.safetensors"))) learner.LoadWeights(weights);
            using (var moments = SafetensorsFile.Open(Path.Combine(Folder, OptimizerFile))) learner.Optimizer.Load(moments);
            if (learner.Reference is { } reference)
            {
                using var frozen = SafetensorsFile.Open(Path.Combine(Folder, ReferenceFile));
                reference.Load(frozen);
            }

            learner.Version = State.Version;
        }
        catch (ModelFileException e)
        {
            throw new UserErrorException(
                $"The checkpoint {Folder} does not fit this run's model and learner.freeze: {e.Message} Resume with the config it was saved under.", e);
        }
    }

    private static UserErrorException Damaged(string file, string fault, Exception? cause)
    {
        var sentence = $"{file} {fault}, so this checkpoint cannot be resumed; name an older one in checkpoints/latest.";
        return cause is null ? new(sentence) : new(sentence, cause);
    }

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
