using System.Globalization;
using PairUni.Cli.Models;
using PairUni.Contracts;

namespace PairUni.Cli.Bench;

/// <summary>Starts bench/pytorch/janus_nano.py, the same model written plainly in PyTorch, ready to take turns.</summary>
internal static class JanusBaseline
{
    private const string Script = "bench/pytorch/janus_nano.py";

    /// <param name="python">From <see cref="PythonBaseline.Find"/>.</param>
    /// <param name="what">rollout or learner.</param>
    /// <param name="model">The model's folder.</param>
    /// <param name="sizes">--group, --threads and the others, without dashes.</param>
    public static PythonBaseline Start(string python, string what, string model, params (string Name, int Value)[] sizes) =>
        Start(python, what, model, [], sizes);

    /// <param name="flags">Further words of its command line, as they are.</param>
    public static PythonBaseline Start(string python, string what, string model, string[] flags, params (string Name, int Value)[] sizes)
    {
        var script = BuiltInFiles.Find(Script);
        if (!File.Exists(script))
            throw new UserErrorException($"{Script} was not found; run this in a checkout of PairUni");
        return PythonBaseline.Start(python,
        [
            script, what, "--serve", "--model", model, .. flags,
            .. sizes.SelectMany(s => new[] { "--" + s.Name, s.Value.ToString(CultureInfo.InvariantCulture) }),
        ]);
    }
}
