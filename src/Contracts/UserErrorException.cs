namespace PairUni.Contracts;

/// <summary>Bad input by a person: one sentence saying what is wrong, where, and what to do. The command line prints it and exits with 2.</summary>
public sealed class UserErrorException : Exception
{
    /// <param name="sentence">What, where (file and line, flag or key) and the remedy.</param>
    public UserErrorException(string sentence) : base(sentence) { }

    /// <param name="sentence">What, where and the remedy.</param>
    /// <param name="cause">The fault behind it, shown by --verbose only.</param>
    public UserErrorException(string sentence, Exception cause) : base(sentence, cause) { }
}
