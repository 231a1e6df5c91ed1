using PairUni.Client;
using PairUni.Contracts;

namespace PairUni.Cli.Chaos;

/// <summary>The commands that a person gives a cluster, each a process of its own; what goes wrong in one is thrown, never passed over.</summary>
internal sealed class ClusterCommands(string redis, string token, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, string> _environment = new() { [ClusterToken.Variable] = token };

    /// <summary>Longest time that any of them took.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Runs a command.</summary>
    /// <exception cref="UserErrorException">It ended with another exit code than 0.</exception>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task<string> Run(CancellationToken cancellationToken, params IEnumerable<string> words)
    {
        var started = time.GetTimestamp();
        string[] line = [.. words, "--redis", redis];
        var (code, output, error) = await PairUniProgram.Run(Limit, _environment, cancellationToken, line);
        var took = time.GetElapsedTime(started);
        if (took > Longest) Longest = took;
        return code == 0 ? output : throw new UserErrorException($"`pairuni {string.Join(' ', line)}` ended with exit code {code}: {error.Trim()} {output.Trim()}");
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    /// <exception cref="TimeoutException">It was not in time; the last answer is in the message.</exception>
    public async Task Until(TimeSpan limit, Func<string, bool> wanted, CancellationToken cancellationToken, params string[] words)
    {
        var started = time.GetTimestamp();
        string answer;
        while (!wanted(answer = await Run(cancellationToken, words)))
        {
            if (time.GetElapsedTime(started) > limit) throw new TimeoutException($"`pairuni {string.Join(' ', words)}` still says after {limit.TotalSeconds:0} s: {answer.Trim()}");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
