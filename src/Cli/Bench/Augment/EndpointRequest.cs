namespace PairUni.Cli.Bench.Augment;

/// <summary>What a misbehaving endpoint is asked.</summary>
/// <param name="Inquiry">Stands for the messages: the same inquiry sent again has the same one. 16 hexadecimal digits.</param>
/// <param name="Stage">Name of the schema that the answer must have.</param>
/// <param name="Visit">How often the inquiry came, from 1.</param>
/// <param name="Text">What the user says.</param>
internal sealed record EndpointRequest(string Inquiry, string Stage, int Visit, string Text);
