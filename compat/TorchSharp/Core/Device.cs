using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Where a tensor lives. Compared by reference: compare <see cref="type"/> and <see cref="index"/> instead.</summary>
    public class Device
    {
        /// <summary>Parses "cpu", "cuda" or "cuda:1".</summary>
        /// <exception cref="ArgumentException">The text names no device.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Parse(parts[0]);
            index = -1;
            if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)))
                throw new ArgumentException($"'{description}' is not a device: write a type and an index, such as cuda:0.", nameof(description));
            if (parts.Length == 2)
                index = int.Parse(parts[1], CultureInfo.InvariantCulture);
        }

        public Device(string deviceType, int index = -1)
            : this(Parse(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = deviceType == DeviceType.CPU ? -1 : index;
        }

        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        public DeviceType type { get; }

        /// <summary>The device among those of its type; -1 is the current one.</summary>
        public int index { get; }

        public override string ToString()
        {
            var name = type.ToString().ToLowerInvariant();
            return index < 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{index}");
        }

        public static implicit operator Device(string description) => new(description);

        private static DeviceType Parse(string name) =>
            name is "" || !Enum.TryParse<DeviceType>(name, ignoreCase: true, out var found) || char.IsDigit(name[0])
                ? throw new ArgumentException($"'{name}' is not a device type.", nameof(name))
                : found;
    }

    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA => new(DeviceType.CUDA);

    /// <exception cref="InvalidOperationException">The device's back end is missing here.</exception>
    public static Device device(string description) => Present(new Device(description));

    /// <inheritdoc cref="device(string)"/>
    public static Device device(string deviceType, int index = -1) => Present(new Device(deviceType, index));

    /// <inheritdoc cref="device(string)"/>
    public static Device device(DeviceType deviceType, int index = -1) => Present(new Device(deviceType, index));

    /// <inheritdoc cref="device(string)"/>
    public static Device device(int index) => Present(new Device(index));

    private static Device Present(Device wanted)
    {
        InitializeDeviceType(wanted.type);
        return wanted;
    }

    /// <summary>Whether the back end of a device type works here.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CPU or DeviceType.META => true,
        DeviceType.CUDA => cuda.is_available(),
        _ => false,
    };

    /// <exception cref="InvalidOperationException">The device's back end is missing here.</exception>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    /// <summary>The device itself, or the default one for null.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }
}
