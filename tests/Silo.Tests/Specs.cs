using PairUni.Contracts;

namespace PairUni.Silo.Tests;

internal static class Specs
{
    public static GroupSpec With(string prompt = "", string record = "", string question = "", string answer = "") => new()
    {
        Prompt = prompt,
        Image = default,
        Question = question,
        Answer = answer,
        Tag = "",
        Record = record,
        Similarity = 1,
        Aligned = true,
        GroupSize = 2,
        Seeds = [1, 2],
        Temperature = 1,
        CfgWeight = 5,
        MaxNewTokens = 4,
        TeacherForced = false,
    };
}
