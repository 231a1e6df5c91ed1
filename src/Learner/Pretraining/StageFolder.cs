namespace PairUni.Learner.Pretraining;

/// <summary>Folders of finished stages; one appears under its name only when it is complete.</summary>
internal sealed class StageFolder(string root)
{
    /// <summary>The folder of a stage, made now if it is not there.</summary>
    public string Make(string name, Action<string> make)
    {
        var final = Path.Combine(root, name);
        if (Directory.Exists(final)) return final;
        var temporary = final + ".tmp";
        if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        Directory.CreateDirectory(temporary);
        make(temporary);
        Directory.Move(temporary, final);
        return final;
    }
}
