using PairUni.Contracts;
using PairUni.Contracts.Options;
using PairUni.Data;
using PairUni.Grains;
using PairUni.Modeling;

namespace PairUni.Silo;

/// <summary>Looks at what a submitted run names, on the learner silo that has the register, and makes its folder ready.</summary>
public sealed class RunPreparation(RunPlace place) : IRunPreparation
{
    private const string ModelFile = "model.fingerprint";

    public async Task<string> Prepare(SubmitRun submission, CancellationToken cancellationToken)
    {
        try
        {
            var options = place.Options(submission.Options);
            var model = await Task.Run(() => Check(options), cancellationToken);
            var folder = Path.Combine(options.Run.Out, submission.Name);
            if (submission.Mode == SubmitMode.Resume) SameModel(folder, options, model);
            // Opened as one process opens it, so names that are taken and folders that cannot be written are refused alike.
            using (var opened = RunFolder.Open(options.Run.Out, submission.Name, Mode(submission.Mode)))
            {
                place.Outputs.Begin(options, opened);
                await File.WriteAllTextAsync(Path.Combine(opened.Path, ModelFile), model + "\n", cancellationToken);
            }

            if (submission.Mode != SubmitMode.Resume) await Forget(submission.Name, cancellationToken);
            return "";
        }
        catch (Exception fault) when (fault is UserErrorException or DataFileException or ModelFileException or IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }

    private static string Check(RunOptions options)
    {
        RewardModels.Check(options);
        if (options.Data.Path is { } pairs && !File.Exists(pairs))
            throw new UserErrorException($"There is no file {pairs} on the learner silo; fix data.path, or put it where all learner silos find it.");
        return Fingerprints.Model(options.Model.Path);
    }

    private static void SameModel(string folder, RunOptions options, string model)
    {
        var file = Path.Combine(folder, ModelFile);
        if (!File.Exists(file) || File.ReadAllText(file).Trim() is not { } before || before == model) return;
        throw new UserErrorException(
            $"The run was begun with the model {before[..12]}, {options.Model.Path} is now {model[..12]}; resume it with its own model, or begin a run with another --name.");
    }

    private static RunFolderMode Mode(SubmitMode mode) => mode switch
    {
        SubmitMode.New => RunFolderMode.New,
        SubmitMode.Resume => RunFolderMode.Resume,
        _ => RunFolderMode.Overwrite,
    };

    private async Task Forget(string run, CancellationToken cancellationToken)
    {
        await new RedisGroupStore(place.Redis, place.Prefix, place.Time).Forget(run, cancellationToken);
        await new RedisFence(place.Redis, place.Prefix, place.Time).Forget(run, cancellationToken);
    }
}
