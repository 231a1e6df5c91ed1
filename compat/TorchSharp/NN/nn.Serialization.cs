namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Files of modules: a count, then name and tensor for each entry of the state dictionary.
        public partial class Module
        {
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            /// <summary>Writes a state dictionary without the names in <paramref name="skip"/>.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var kept = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt64(kept.Count);
                foreach (var (key, tensor) in kept)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location))
                    throw new FileNotFoundException($"There is no file '{location}'.", location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Fills the module with what <see cref="save(BinaryWriter, IList{string}?)"/> wrote.</summary>
            /// <param name="loadedParameters">receives for each name whether it was loaded</param>
            /// <exception cref="ArgumentException">Names, types or shapes differ.</exception>
            /// <exception cref="InvalidDataException">The bytes are no saved module.</exception>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var own = state_dict();
                var count = reader.Read7BitEncodedInt64();
                var present = new HashSet<string>();
                for (long i = 0; i < count; i++)
                {
                    var key = reader.ReadString();
                    var known = own.TryGetValue(key, out var target);
                    if (!known && strict)
                        throw new ArgumentException($"Mismatched module state names: the target module does not have '{key}'.");
                    var skipped = !known || (skip?.Contains(key) ?? false);
                    if (skipped)
                        TensorExtensionMethods.Load(reader).Dispose();
                    else
                        target!.Load(reader);
                    present.Add(key);
                    if (loadedParameters is not null)
                        loadedParameters[key] = !skipped;
                }

                var missing = own.Keys.Where(key => !present.Contains(key) && !(skip?.Contains(key) ?? false)).ToList();
                if (strict && missing.Count > 0)
                    throw new ArgumentException($"Mismatched module state: the file lacks [{string.Join(", ", missing)}].");
                if (loadedParameters is not null)
                    foreach (var key in missing)
                        loadedParameters[key] = false;
                return this;
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }
        }
    }
}
