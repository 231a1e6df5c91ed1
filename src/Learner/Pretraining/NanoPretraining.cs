using System.Text.Json;
using System.Text.Json.Serialization;
using PairUni.Data.Shapes;
using PairUni.Modeling.Files;
using PairUni.Modeling.Janus;
using PairUni.Modeling.Text;

namespace PairUni.Learner.Pretraining;

/// <summary>
/// Makes janus-nano from the shapes world alone, stage by stage: text tokenizer, image tokenizer, and the phases of joint training. The result of every stage
/// is kept, so that a run that was stopped goes on with the stage it was in.
/// </summary>
public sealed class NanoPretraining(string folder, NanoSettings settings)
{
    private const string TokenizerStage = "1-tokenizer";
    private const string VqStage = "2-image-tokenizer";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Runs the stages that are missing and writes the model's folder, with recipe.json beside the weights.</summary>
    /// <param name="work">Where finished stages are kept.</param>
    /// <param name="report">Told after every update: stage and progress.</param>
    /// <param name="cancellation">Stops between updates.</param>
    public void Run(string work, Action<string, PretrainingProgress> report, CancellationToken cancellation)
    {
        var stages = new StageFolder(work);
        var data = new ShapesPretrainingData(settings.Seed);
        var tokenizerFolder = stages.Make(TokenizerStage, path => BpeTrainer.Train(
            new ShapeExamples(settings.Seed).Texts(settings.TokenizerExamples), settings.Vocabulary, path));
        var vqFolder = stages.Make(VqStage, path =>
        {
            using var policy = Create(tokenizerFolder);
            new VqTrainer(policy.Model.gen_vision_model, data, settings.Vq).Train(p => report("image tokenizer", p), cancellation);
            policy.Save(path);
        });

        var last = vqFolder;
        for (var phase = 0; phase < settings.Joint.Phases.Count; phase++)
        {
            var (index, from) = (phase, last);
            var name = settings.Joint.Phases[phase].Name;
            last = stages.Make($"{phase + 3}-{name}", path =>
            {
                using var policy = JanusPolicy.Load(from);
                var trainer = new JointTrainer(policy, data, settings.Joint);
                if (index == 0) trainer.Initialise();
                trainer.Train(index, p => report(name, p), cancellation);
                policy.Save(path);
            });
        }

        using var trained = JanusPolicy.Load(last);
        trained.Save(folder);
        AtomicFile.Write(Path.Combine(folder, "recipe.json"), JsonSerializer.SerializeToUtf8Bytes(settings, Json));
    }

    private JanusPolicy Create(string tokenizerFolder)
    {
        var tokenizer = JanusTokenizer.Load(tokenizerFolder);
        var config = settings.Model with { Language = settings.Model.Language with { VocabSize = tokenizer.VocabSize } };
        return JanusPolicy.Create(config, tokenizer, (long)settings.Seed);
    }
}
