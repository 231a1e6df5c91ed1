namespace PairUni.Algorithms;

/// <summary>How an update makes up for samples that another law than the policy's own produced; the names are the field's.</summary>
public enum OffPolicy
{
    /// <summary>Only the clipped ratio to the version that made the samples.</summary>
    None,

    /// <summary>Truncated importance sampling: weights above the cap count as the cap.</summary>
    Tis,

    /// <summary>Masked importance sampling (IcePop): tokens with weights outside floor and cap do not count.</summary>
    Mis,

    /// <summary>Decoupled PPO (AReaL): the whole weight, tokens above the cap masked.</summary>
    Decoupled,
}
