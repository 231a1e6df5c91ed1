namespace Orleans.Membership;

/// <summary>What happens when this silo has been declared dead: it must not go on.</summary>
internal interface IFatalError
{
    void End(string reason);
}

/// <summary>Ends the process at once, as no part of it may act for the cluster any more.</summary>
internal sealed class ProcessEnd : IFatalError
{
    public void End(string reason) => Environment.FailFast(reason);
}
