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

            protected virtual (string name, Parameter parameter)[] _named_parameters() => [.. _internal_params];

            protected virtual (string name, Tensor buffer)[] _named_buffers() => [.. _internal_buffers.Snapshot().Select(entry => (entry.Item1, entry.Item2.Item1))];

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

            /// <summary>Puts a parameter that no scope owns into a module's field and registers it; the one before is disposed.</summary>
            internal void SetParameter(string name, ref Modules.Parameter? field, Modules.Parameter? value)
            {
                if (!ReferenceEquals(value, field))
                    field?.Dispose();
                field = value?.DetachFromDisposeScope() as Modules.Parameter;
                ConditionallyRegisterParameter(name, field);
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
