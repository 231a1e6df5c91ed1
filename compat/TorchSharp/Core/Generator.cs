using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers on one device.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            device ??= CPU;
            InitializeDeviceType(device.type);
            handle = Native.CheckNotNull(Native.pt_generator_new(seed, (int)device.type, device.index));
        }

        private Generator(nint handle) => this.handle = handle;

        ~Generator() => Dispose(false);

        /// <exception cref="InvalidOperationException">The generator has been disposed.</exception>
        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        public Device device
        {
            get
            {
                var packed = Native.pt_generator_device(Handle);
                GC.KeepAlive(this);
                return new Device((DeviceType)(int)(packed & 0xffffffff), (int)(packed >> 32));
            }
        }

        /// <summary>The CPU generator that operators use when none is given.</summary>
        public static Generator Default => new(Native.CheckNotNull(Native.pt_generator_default(0, -1)));

        /// <summary>The state as bytes, for <see cref="set_state"/>.</summary>
        public Tensor get_state()
        {
            var state = Tensor.Own(Native.pt_generator_get_state(Handle));
            GC.KeepAlive(this);
            return state;
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.pt_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.pt_generator_set_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Draws a fresh seed from the machine and sets it.</summary>
        public unsafe long seed()
        {
            ulong seed;
            Native.Check(Native.pt_generator_seed(Handle, &seed));
            GC.KeepAlive(this);
            return (long)seed;
        }

        public unsafe long initial_seed()
        {
            ulong seed;
            Native.Check(Native.pt_generator_initial_seed(Handle, &seed));
            GC.KeepAlive(this);
            return (long)seed;
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0)
                Native.pt_generator_free(released);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }
    }
}
