namespace PairUni.Cli.Bench;

/// <summary>What bench broadcast sends to whom.</summary>
/// <param name="Bytes">Size of the made-up model.</param>
/// <param name="Receivers">Processes that fetch it.</param>
/// <param name="Rounds">Rounds that count.</param>
/// <param name="Model">Folder of the model that is trained meanwhile; null leaves that part out.</param>
internal sealed record BroadcastSettings(long Bytes, int Receivers, int Rounds, string? Model);
