namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // The state dictionary.
        public partial class Module
        {
            /// <summary>Parameters and persistent buffers by dotted name; the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (key, parameter) in _internal_params)
                    if (parameter is not null)
                        destination.TryAdd(prefix is null ? key : $"{prefix}.{key}", parameter);
                foreach (var (key, (buffer, persistent)) in _internal_buffers)
                    if (persistent && buffer is not null)
                        destination.TryAdd(prefix is null ? key : $"{prefix}.{key}", buffer);
                foreach (var (key, module) in _internal_submodules)
                    module.state_dict(destination, prefix is null ? key : $"{prefix}.{key}");
                return destination;
            }

            /// <summary>Copies values into parameters and buffers of the same names.</summary>
            /// <param name="strict">missing or unexpected names are an error</param>
            /// <exception cref="InvalidOperationException">Names differ and <paramref name="strict"/> holds, or shapes differ.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                skip ??= [];
                var missing = own.Keys.Where(key => !source.ContainsKey(key) && !skip.Contains(key)).ToList();
                var unexpected = source.Keys.Where(key => !own.ContainsKey(key) && !skip.Contains(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException($"The loaded state_dict is not identical to the target dictionary: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                using var guard = no_grad();
                foreach (var (key, target) in own)
                {
                    if (skip.Contains(key) || !source.TryGetValue(key, out var value))
                        continue;
                    if (!target.shape.AsSpan().SequenceEqual(value.shape))
                        throw new InvalidOperationException($"Mismatched shape of '{key}': the source has [{string.Join(",", value.shape)}], the module [{string.Join(",", target.shape)}].");
                    target.copy_(value);
                }

                return (missing, unexpected);
            }
        }
    }
}
