using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Parameters, buffers and other modules under one name, and how to walk, move, save and load them.</summary>
        public partial class Module : IDisposable
        {
#pragma warning disable CA1051, SA1401 // Fields as in the package that this assembly stands in for.
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;
            protected OrderedDict<string, Module> _internal_submodules = new();
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();
            protected OrderedDict<string, Parameter> _internal_params = new();
            protected string name;
#pragma warning restore CA1051, SA1401
            private bool isTraining = true;
            private bool componentsRegistered;

            protected Module(string name) => this.name = name;

            /// <summary>Whether layers such as dropout behave as in training; set by <see cref="train"/> and <see cref="eval"/>.</summary>
            public virtual bool training => isTraining;

            ~Module() => Dispose(false);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes parameters, buffers and submodules.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, parameter) in _internal_params)
                    parameter?.Dispose();
                foreach (var (_, (buffer, _)) in _internal_buffers)
                    buffer?.Dispose();
                foreach (var (_, module) in _internal_submodules)
                    module?.Dispose();
            }

            protected virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            protected virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);
                return this;
            }

            protected virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) => _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>Converts and moves what the module holds; integral tensors keep their type.</summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var (_, module) in _internal_submodules)
                    Move(module, dtype, device, non_blocking);
                foreach (var (key, parameter) in _internal_params.Snapshot())
                {
                    if (parameter is null || !ReplaceParameter(dtype, device, parameter, out var moved))
                        continue;
                    _internal_params[key] = moved!;
                    Reassign(parameter, moved!);
                }

                foreach (var (key, (buffer, persistent)) in _internal_buffers.Snapshot())
                {
                    if (buffer is null || !ReplaceBuffer(dtype, device, buffer, out var moved))
                        continue;
                    _internal_buffers[key] = (moved!, persistent);
                    Reassign(buffer, moved!);
                }

                if (device is null)
                    return;
                _deviceType = device.type;
                _deviceIndex = device.index;
            }

            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                var type = dtype is not null && buffer.is_floating_point() ? dtype.Value : buffer.dtype;
                if (type == buffer.dtype && (device is null || SameDevice(device, buffer)))
                    return false;
                using (no_grad())
                    result = buffer.to(type, device ?? buffer.device).DetachFromDisposeScope();
                buffer.Dispose();
                return true;
            }

            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                var type = dtype is not null && param.is_floating_point() ? dtype.Value : param.dtype;
                if (type == param.dtype && (device is null || SameDevice(device, param)))
                    return false;
                var requires = param.requires_grad;
                using var grad = param.grad;
                using (no_grad())
                {
                    using var data = param.detach();
                    p = new Parameter(data.to(type, device ?? param.device), requires);
                    if (grad is not null)
                    {
                        using var moved = grad.to(type, device ?? grad.device);
                        p.grad = moved;
                    }
                }

                param.Dispose();
                return true;
            }

            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            internal Module Moved(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (device is not null)
                    InitializeDeviceType(device.type);
                return (dtype, device) switch
                {
                    ({ } type, { } target) => _to(target, type, non_blocking),
                    ({ } type, null) => _to(type, non_blocking),
                    (null, { } target) => _to(target.type, target.index, non_blocking),
                    _ => this,
                };
            }

            /// <summary>Calls a function on every submodule, children first, then on this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, module) in _internal_submodules)
                    module.apply(fn);
                fn(this);
                return this;
            }

            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, module) in _internal_submodules)
                    module.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using var grad = parameter.grad;
                    grad?.zero_();
                }
            }

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

            protected virtual (string name, Parameter parameter)[] _named_parameters() => [.. _internal_params];

            protected virtual (string name, Tensor buffer)[] _named_buffers() => [.. _internal_buffers.Snapshot().Select(entry => (entry.Item1, entry.Item2.Item1))];

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

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual Tensor? get_buffer(string target)
            {
                var (owner, key) = Owner(target);
                return owner is not null && owner._internal_buffers.TryGetValue(key, out var found) ? found.Item1 : null;
            }

            public virtual Parameter? get_parameter(string target)
            {
                var (owner, key) = Owner(target);
                return owner is not null && owner._internal_params.TryGetValue(key, out var found) ? found : null;
            }

            /// <param name="persistent">part of the state dictionary</param>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                RequireFree(name);
                _internal_buffers.Add(name, (tensor?.DetachFromDisposeScope()!, persistent));
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                RequireFree(name);
                param?.DetachFromDisposeScope();
                _internal_params.Add(name, param!);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_module(string name, Module submodule)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"A module's name must not be empty nor contain a dot: '{name}'.", nameof(name));
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }

                RequireFree(name);
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            protected void ConditionallyRegisterParameter(string name, Tensor value) => ConditionallyRegisterParameter(name, value as Parameter);

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                    _internal_params.Remove(name);
                else
                    _internal_params[name] = value;
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                    _internal_buffers.Remove(name);
                else
                    _internal_buffers[name] = (value, persistent);
            }

            public virtual string GetName() => name;

            /// <summary>Registers every field that holds a module, a parameter or a tensor, under the field's name.</summary>
            /// <remarks>Call it at the end of a module's constructor.</remarks>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered)
                    return;
                componentsRegistered = true;
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    var key = field.ComponentName();
                    switch (field.GetValue(this))
                    {
                        case Module module when !_internal_submodules.ContainsKey(key):
                            register_module(key, module);
                            break;
                        case Modules.Parameter parameter when !_internal_params.ContainsKey(key):
                            register_parameter(key, parameter);
                            break;
                        case Tensor tensor and not Modules.Parameter when !_internal_buffers.ContainsKey(key):
                            register_buffer(key, tensor);
                            break;
                    }
                }
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());

            protected void ClearModules() => _internal_submodules.Clear();

            private static void Move(Module module, ScalarType? dtype, Device? device, bool non_blocking) => module.Moved(dtype, device, non_blocking);

            private static bool SameDevice(Device device, Tensor tensor) =>
                device.type == tensor.device_type && (device.index < 0 || device.index == tensor.device_index);

            private void Reassign(Tensor old, Tensor moved)
            {
                foreach (var field in Fields())
                    if (ReferenceEquals(field.GetValue(this), old))
                        field.SetValue(this, moved);
            }

            private IEnumerable<FieldInfo> Fields()
            {
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                        if (typeof(Module).IsAssignableFrom(field.FieldType) || typeof(Tensor).IsAssignableFrom(field.FieldType))
                            yield return field;
            }

            private (Module? owner, string key) Owner(string target)
            {
                var parts = target.Split('.');
                var owner = this;
                foreach (var part in parts[..^1])
                    if (!owner._internal_submodules.TryGetValue(part, out owner!))
                        return (null, parts[^1]);
                return (owner, parts[^1]);
            }

            private void RequireFree(string key)
            {
                if (_internal_submodules.ContainsKey(key) || _internal_params.ContainsKey(key) || _internal_buffers.ContainsKey(key))
                    throw new InvalidOperationException($"The name '{key}' is already taken in {GetName()}.");
            }
        }
    }
}
