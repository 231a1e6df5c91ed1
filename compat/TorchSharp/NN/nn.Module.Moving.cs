using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Conversion to another element type or device.
        public partial class Module
        {
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

            private static void Move(Module module, ScalarType? dtype, Device? device, bool non_blocking) => module.Moved(dtype, device, non_blocking);

            private static bool SameDevice(Device device, Tensor tensor) =>
                device.type == tensor.device_type && (device.index < 0 || device.index == tensor.device_index);

            private void Reassign(Tensor old, Tensor moved)
            {
                foreach (var field in Fields())
                    if (ReferenceEquals(field.GetValue(this), old))
                        field.SetValue(this, moved);
            }
        }
    }
}
