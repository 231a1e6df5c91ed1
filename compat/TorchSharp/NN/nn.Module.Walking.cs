using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Parameters, buffers and modules by dotted name.
        public partial class Module
        {
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<nint>();
                foreach (var (key, (buffer, persistent)) in _internal_buffers)
                    if (buffer is not null && (include_nonpersistent || persistent) && seen.Add(buffer.Handle))
                        yield return (key, buffer);
                if (!recurse)
                    yield break;
                foreach (var (prefix, module) in _internal_submodules)
                    foreach (var (key, buffer) in module.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer.Handle))
                            yield return ($"{prefix}.{key}", buffer);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (key, module) in _internal_submodules)
                {
                    yield return (key, module);
                    foreach (var (inner, found) in module.named_modules())
                        yield return ($"{key}.{inner}", found);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            public virtual IEnumerable<Module> children() => _internal_submodules.Values;

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<nint>();
                foreach (var (key, parameter) in _internal_params)
                    if (parameter is not null && seen.Add(parameter.Handle))
                        yield return (key, parameter);
                if (!recurse)
                    yield break;
                foreach (var (prefix, module) in _internal_submodules)
                    foreach (var (key, parameter) in module.named_parameters(true))
                        if (seen.Add(parameter.Handle))
                            yield return ($"{prefix}.{key}", parameter);
            }

            protected virtual Parameter[] _parameters(bool recurse = true) => [.. named_parameters(recurse).Select(entry => entry.parameter)];

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);
        }
    }
}
