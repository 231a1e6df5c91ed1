using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array held by libtorch. Owned by the dispose scope of its thread, by whoever disposes it, or in the
    /// end by the finalizer. Used after disposal it throws <see cref="InvalidOperationException"/>.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;

        internal DisposeScope? scope;
        internal int scopeIndex;
        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            var count = Interlocked.Increment(ref totalCount);
            if (count > peakCount)
                peakCount = count;
            var manager = DisposeScopeManager.Current;
            if (manager.innermost is { } innermost)
            {
                manager.tensors.CreatedInScopeCount++;
                innermost.Add(this);
            }
            else
            {
                manager.tensors.CreatedOutsideScopeCount++;
            }
        }

        ~Tensor() => Dispose(false);

        /// <summary>How many tensors hold native memory now, over all threads.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        /// <summary>The largest <see cref="TotalCount"/> so far.</summary>
        public static long PeakCount => Interlocked.Read(ref peakCount);

        /// <summary>The native tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor has been disposed.</exception>
        public nint Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => handle != 0 ? handle : throw Invalid();
        }

        public bool IsInvalid => handle == 0;

        /// <summary>Wraps a native tensor that the new object then owns.</summary>
        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        /// <summary>Wraps the result of a native call.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The call failed: the handle is null.</exception>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static Tensor Own(nint handle) => new(handle != 0 ? handle : throw Native.LastError());

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released == 0)
                return;
            if (disposing)
                Leave();
            Interlocked.Decrement(ref totalCount);
            Native.pt_tensor_free(released);
        }

        /// <summary>Hands the tensor to the scope around its own, or to nobody when there is none; returns it.</summary>
        public Tensor MoveToOuterDisposeScope() => MoveToOtherDisposeScope(scope?.Outer);

        /// <summary>Takes the tensor out of its scope: the caller owns it then. Returns it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            scope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.scope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (scope is { } owner)
                owner.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        /// <summary>Gives up the native tensor: the caller owns it, and this object is as if disposed.</summary>
        public nint DecoupleFromNativeHandle()
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released == 0)
                throw Invalid();
            Leave();
            Interlocked.Decrement(ref totalCount);
            GC.SuppressFinalize(this);
            return released;
        }

        private void Leave()
        {
            var manager = DisposeScopeManager.Current;
            if (scope is { } owner)
            {
                manager.tensors.DisposedInScopeCount++;
                owner.Remove(this);
            }
            else
            {
                manager.tensors.DisposedOutsideScopeCount++;
            }
        }

        private static InvalidOperationException Invalid() => new("Tensor invalid -- empty handle.");
    }
}
