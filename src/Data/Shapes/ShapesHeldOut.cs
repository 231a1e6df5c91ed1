using System.Text.Json;
using PairUni.Data.PairUg;

namespace PairUni.Data.Shapes;

/// <summary>What a run is measured on: prompts and questions that training never sees.</summary>
/// <param name="Prompts">Prompts in GenEval's schema, tag by tag.</param>
/// <param name="Questions">Questions about images.</param>
public sealed record ShapesHeldOut(IReadOnlyList<GenEvalRecord> Prompts, IReadOnlyList<HeldOutQuestion> Questions)
{
    /// <summary>Name of the prompts' file.</summary>
    public const string PromptsFile = "prompts.jsonl";

    /// <summary>Name of the questions' file.</summary>
    public const string QuestionsFile = "questions.jsonl";

    /// <summary>Reads prompts.jsonl and questions.jsonl of a folder and looks for the images.</summary>
    /// <exception cref="DataFileException">A file or image is missing or a line is bad; the sentence has file and line.</exception>
    public static ShapesHeldOut Read(string folder)
    {
        var promptsPath = Path.Combine(folder, PromptsFile);
        var prompts = JsonLines.Read(promptsPath).Select(line => Prompt(line.Text, $"{promptsPath}:{line.Number}")).ToArray();
        var questionsPath = Path.Combine(folder, QuestionsFile);
        var images = new DataFolder(questionsPath);
        var questions = JsonLines.Read(questionsPath).Select(line => Question(line.Text, $"{questionsPath}:{line.Number}", images)).ToArray();
        if (prompts.Length == 0 || questions.Length == 0)
            throw new DataFileException($"{(prompts.Length == 0 ? promptsPath : questionsPath)}: the file is empty; an evaluation needs prompts and questions.");
        return new ShapesHeldOut(prompts, questions);
    }

    private static GenEvalRecord Prompt(string line, string where)
    {
        var record = GenEvalRecord.Parse(line, where);
        record.RequireShapes(where);
        return record;
    }

    private static HeldOutQuestion Question(string line, string where, DataFolder images)
    {
        HeldOutQuestion? question;
        try
        {
            question = JsonSerializer.Deserialize<HeldOutQuestion>(line);
        }
        catch (JsonException fault)
        {
            throw new DataFileException($"{where}: this is no question with image_path, question and answer ({fault.Message}).", fault);
        }
        if (string.IsNullOrEmpty(question?.ImagePath) || string.IsNullOrEmpty(question.Question) || string.IsNullOrEmpty(question.Answer))
            throw new DataFileException($"{where}: a question needs image_path, question and answer, none of them empty.");
        return question with { ImageFile = images.Resolve(question.ImagePath, where) };
    }
}
