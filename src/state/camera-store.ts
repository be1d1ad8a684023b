import { create } from 'zustand';

/** Whether the camera's window is open. */
export const useCamera = create<{ open: boolean }>()(() => ({ open: false }));

export const openCamera = (): void => useCamera.setState({ open: true });

export const closeCamera = (): void => useCamera.setState({ open: false });
